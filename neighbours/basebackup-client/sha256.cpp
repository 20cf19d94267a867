#include "sha256.h"

#include "error.h"

namespace basebackup {

namespace {

void require(bool done) {
  if (!done) throw Error("OpenSSL could not compute a SHA-256");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  require(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void Sha256::update(std::string_view data) {
  require(EVP_DigestUpdate(context_.get(), data.data(), data.size()) == 1);
}

std::string Sha256::finish() {
  std::string bytes(static_cast<size_t>(EVP_MD_get_size(EVP_sha256())), '\0');
  require(EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char *>(bytes.data()),
                             nullptr) == 1);
  return bytes;
}

}  // namespace basebackup
