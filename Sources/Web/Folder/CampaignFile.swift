import Forms
import Foundation

/// 活动.yaml of the working folder, as text to be edited.
enum CampaignFile {
  /// - Returns: `nil` where there is no such file.
  /// - Throws: ``FormsError`` (`campaign`) for one that cannot be read: it must not pass for none, and be written over.
  static func text(at path: String = WorkingFolder.campaignFile) throws -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw FormsError(
        .campaign,
        LocalizedText(
          zh: "读不出来，没有改动它；请检查权限，或用记事本打开，另存为 UTF-8 编码",
          en: "cannot be read, and was left alone; check its permissions, or save it as UTF-8"), file: path)
    }
  }
}
