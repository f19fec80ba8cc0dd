import Forms
import Foundation

/// Asks once for a password, on the terminal and unseen.
enum PasswordPrompt {
  /// What was typed, without its line break.
  static let answer: Result<String, FormsError> = {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else {
      return .failure(
        FormsError(
          .input,
          LocalizedText(
            zh: "--password 要在终端里输入密码；没有终端时请把密码写进文件，用 --passwords 文件",
            en:
              "--password reads from a terminal; without one, write the passwords to a file and give --passwords FILE."
          )))
    }
    defer { close(terminal) }
    var before = termios()
    let isTerminal = tcgetattr(terminal, &before) == 0
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    if isTerminal { tcsetattr(terminal, TCSAFLUSH, &silent) }
    defer { if isTerminal { tcsetattr(terminal, TCSAFLUSH, &before) } }
    show("打开密码 / password: ", on: terminal)
    var typed: [UInt8] = []
    var byte: UInt8 = 0
    while typed.count < 1_024, read(terminal, &byte, 1) == 1, byte != 0x0A, byte != 0x0D {
      typed.append(byte)
    }
    show("\n", on: terminal)
    return .success(String(decoding: typed, as: UTF8.self))
  }()

  private static func show(_ text: String, on terminal: Int32) {
    _ = text.utf8.withContiguousStorageIfAvailable { write(terminal, $0.baseAddress, $0.count) }
  }
}
