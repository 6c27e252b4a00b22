# Homebrew formula; REPOSITORY and the digests are those of a release.
class Cachelint < Formula
  desc "Finds static references whose URL does not change when the file does"
  homepage "REPOSITORY"
  version "VERSION"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "REPOSITORY/releases/download/vVERSION/cachelint-aarch64-apple-darwin.tgz"
      sha256 "SHA256_OF_THE_ARCHIVE"
    end
    on_intel do
      url "REPOSITORY/releases/download/vVERSION/cachelint-x86_64-apple-darwin.tgz"
      sha256 "SHA256_OF_THE_ARCHIVE"
    end
  end

  on_linux do
    on_arm do
      url "REPOSITORY/releases/download/vVERSION/cachelint-aarch64-unknown-linux-gnu.tgz"
      sha256 "SHA256_OF_THE_ARCHIVE"
    end
    on_intel do
      url "REPOSITORY/releases/download/vVERSION/cachelint-x86_64-unknown-linux-gnu.tgz"
      sha256 "SHA256_OF_THE_ARCHIVE"
    end
  end

  def install
    bin.install "cachelint"
    generate_completions_from_executable(bin/"cachelint", "completions")
  end

  test do
    (testpath/"static/app.js").write "1"
    (testpath/"index.html").write '<script src="/static/app.js"></script>'
    assert_match "unversioned-reference", shell_output("#{bin}/cachelint check --output-format concise", 1)
  end
end
