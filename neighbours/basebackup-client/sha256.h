// SHA-256 (FIPS 180-4) by OpenSSL, for the checksum of the manifest.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace basebackup {

// Each function throws Error if OpenSSL cannot.
class Sha256 {
 public:
  Sha256();

  void update(std::string_view data);

  // The 32 bytes.  Called once, at the end.
  std::string finish();

 private:
  struct Free {
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
  };

  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace basebackup
