import Forms
import Foundation

/// The ledger of the folder that the program works in, for those to whom it is a side matter: what goes wrong with it is said
/// once, and stops nothing.
public final class LedgerDesk: Sendable {
  /// `nil` where there can be none.
  public let ledger: Ledger?
  /// What went wrong, for people.
  public let problem: LocalizedText?

  /// - Parameter startsOne: Whether a ledger is begun where there is none.
  public init(inFolder folder: String = ".", startsOne: Bool = true) {
    let path = folder == "." ? Ledger.fileName : folder + "/" + Ledger.fileName
    guard startsOne || FileManager.default.fileExists(atPath: path) else {
      ledger = nil
      problem = nil
      return
    }
    do {
      let opened = try Ledger(inFolder: folder)
      ledger = opened
      problem = opened.setAside.map { other in
        LocalizedText(
          zh: "日志\(Ledger.fileName)已损坏，原样留存为 \(other)，从头另记；数字不受影响",
          en:
            "the ledger \(Ledger.fileName) is broken; it is kept as \(other), and a new one begins. No figure depends on it"
        )
      }
    } catch {
      ledger = nil
      problem = LocalizedText(
        zh: "日志\(Ledger.fileName)无法写入，以下操作不作记录；请检查文件夹的权限",
        en:
          "the ledger \(Ledger.fileName) cannot be written, so that nothing is recorded; check the folder's permissions"
      )
    }
  }

  /// - Returns: Whether the entries are on the disk.
  @discardableResult
  public func note(_ entries: [LedgerEntry], by person: String) -> Bool {
    guard let ledger else { return false }
    return (try? ledger.add(entries, by: person)) != nil
  }

  /// What a command did in the folder that it was called in, if that is a working folder: one that has a campaign file.
  public static func record(
    _ entries: @autoclosure () -> [LedgerEntry], onProblem say: (LocalizedText) -> Void
  ) {
    guard FileManager.default.fileExists(atPath: WorkingFolder.campaignFile) else { return }
    let desk = LedgerDesk()
    if let problem = desk.problem { say(problem) }
    desk.note(entries(), by: systemUser)
  }

  /// Who has logged in to the machine.
  public static var systemUser: String { NSUserName() }
}
