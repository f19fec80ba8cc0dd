import Harness

@testable import XLSX

/// A workbook with a password, from damaged descriptions and packages: it opens, or is refused with an error that says why.
///
/// The input is a file, or a bundle (``Bundle``) of the streams `EncryptionInfo` and `EncryptedPackage`, which are put into a
/// compound file. Few rounds of hashing are allowed, so that many inputs are tried.
@main
struct EncryptionTarget {
  static func main() {
    Fuzzer.run { start, count in
      let input = bytes(start, count)
      let parts = Bundle.parts(of: input)
      let file =
        parts.isEmpty
        ? input : CompoundFileWriter.bytes(of: parts.map { .stream(name($0.name), $0.bytes) })
      var limits = Limits.default
      limits.passwordRounds = 16
      for password in ["fuzz", nil, "wrong 密码"] {
        do {
          let book = try Workbook(bytes: file, password: password, limits: limits)
          for position in book.sheets.indices where book.sheets[position].kind == .worksheet {
            _ = try book.sheet(at: position).usedRange
          }
        } catch {
          if !(error is XLSXError) { violated("errors are XLSXErrors: \(error)") }
        }
      }
      return 0
    }
  }
}

/// What fits into a compound file's directory: 31 units of UTF-16.
private func name(_ words: String) -> String {
  String(decoding: words.utf16.prefix(31), as: UTF16.self)
}
