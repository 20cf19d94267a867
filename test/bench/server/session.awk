# What a session printed, as one line for each command.
$1 == "label" { label = $2; milliseconds = "?" ; private = 0; error = "" }
$1 == "Time:" { milliseconds = $2 }
/ERROR:/ { error = $0 }
/^Private_(Clean|Dirty):/ { private += $2 }
/^VmHWM:/ { peak = $2 }
/^VmRSS:/ { printf "%s\t%s\t%d\t%d\t%s\n", label, milliseconds, private, peak, error }
