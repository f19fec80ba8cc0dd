import Forms
import Foundation
import XLSX

/// One thing that somebody did: evidence, never a source of figures.
public struct LedgerEntry: Hashable, Sendable {
  /// What was done. The raw values are those of the JSON.
  public enum Action: String, Sendable, CaseIterable {
    case fileReceived = "file-received"
    case fileRemoved = "file-removed"
    case fileRestored = "file-restored"
    case correction = "correction"
    case correctionWithdrawn = "correction-withdrawn"
    case explanation = "explanation"
    case explanationWithdrawn = "explanation-withdrawn"
    case markedForReturn = "marked-for-return"
    case markWithdrawn = "mark-withdrawn"
    case returned = "returned"
    case letters = "letters"
    case blanks = "blanks"
    case merged = "merged"
    case campaignChanged = "campaign-changed"
    case folderMade = "folder-made"
    case portalLink = "portal-link"
    case portalLinkRevoked = "portal-link-revoked"
    case portalReceived = "portal-received"
  }

  /// From 1, without gaps.
  public var number = 0
  /// ISO 8601, with the zone: `2024-11-20T09:30:05+08:00`.
  public var time = ""
  public var person = ""
  /// ``Action`` by its raw value; another one was written by a later version.
  public var action: String
  public var file: String?
  public var hash: String?
  public var unit: String?
  public var form: String?
  public var cell: String?
  public var old: String?
  public var new: String?
  public var reason: String?
  /// What the entry before it is sealed with, and this one.
  public var previous = ""
  public var seal = ""

  public init(
    _ action: Action, file: String? = nil, hash: String? = nil, unit: String? = nil, form: String? = nil,
    cell: String? = nil, old: String? = nil, new: String? = nil, reason: String? = nil
  ) {
    self.action = action.rawValue
    (self.file, self.hash, self.unit, self.form) = (file, hash, unit, form)
    // Nobody can take an entry out of the ledger again: who somebody is stays out of it.
    (self.cell, self.old, self.new, self.reason) = (cell, old, new, reason.map { PersonalData.masked($0) })
  }

  init(action: String) { self.action = action }

  /// Everything but the seals, in a fixed order.
  var content: JSONValue {
    [
      "number": .integer(number), "time": .string(time), "by": .string(person), "action": .string(action),
      "file": .string(orNull: file), "sha256": .string(orNull: hash), "unit": .string(orNull: unit),
      "form": .string(orNull: form), "cell": .string(orNull: cell), "old": .string(orNull: old),
      "new": .string(orNull: new), "reason": .string(orNull: reason),
    ]
  }

  /// As `log --format json` prints it.
  public var json: JSONValue {
    guard case .object(let members) = content else { return content }
    return .object(members + [.init("previous", .string(previous)), .init("seal", .string(seal))])
  }

  /// SHA-256 over the seal of the entry before and over the content as one line of JSON.
  func sealed(after previous: String) throws -> String {
    try MessageDigest(.sha256).hash(Array(previous.utf8), content.utf8()).hexadecimal
  }
}

extension LedgerEntry.Action {
  public var word: LocalizedText {
    switch self {
    case .fileReceived: .init(zh: "收到文件", en: "file received")
    case .fileRemoved: .init(zh: "移出", en: "moved aside")
    case .fileRestored: .init(zh: "放回", en: "put back")
    case .correction: .init(zh: "更正", en: "correction")
    case .correctionWithdrawn: .init(zh: "撤销更正", en: "correction withdrawn")
    case .explanation: .init(zh: "核实说明", en: "explanation")
    case .explanationWithdrawn: .init(zh: "撤销说明", en: "explanation withdrawn")
    case .markedForReturn: .init(zh: "待退回", en: "to be returned")
    case .markWithdrawn: .init(zh: "撤销待退回", en: "no longer to be returned")
    case .returned: .init(zh: "退回", en: "returned")
    case .letters: .init(zh: "催报函", en: "letters")
    case .blanks: .init(zh: "空白表", en: "blank forms")
    case .merged: .init(zh: "汇总", en: "consolidated")
    case .campaignChanged: .init(zh: "修改活动", en: "campaign changed")
    case .folderMade: .init(zh: "建立文件夹", en: "folder made")
    case .portalLink: .init(zh: "发给链接", en: "link given")
    case .portalLinkRevoked: .init(zh: "收回链接", en: "link revoked")
    case .portalReceived: .init(zh: "单位上报", en: "sent in by the unit")
    }
  }
}

extension LedgerEntry {
  public func word(in language: Language) -> String {
    Action(rawValue: action)?.word.text(in: language) ?? action
  }
}
