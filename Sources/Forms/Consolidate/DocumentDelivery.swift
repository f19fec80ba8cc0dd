/// Who has sent a document that is due beside the forms.
public struct DocumentDelivery: Sendable {
  public let document: DueDocument
  /// The units that owe it, in the campaign's order.
  public let units: [ReportingUnit]
  /// The file of each unit that sent it, by code.
  public let files: [String: String]
  let asOf: CalendarDate
  private let owing: Set<String>

  /// - Complexity: O(units)
  init(document: DueDocument, units: [ReportingUnit], files: [String: String], asOf: CalendarDate) {
    (self.document, self.units, self.files, self.asOf) = (document, units, files, asOf)
    owing = Set(units.lazy.map(\.code))
  }

  public var received: Int { units.count { files[$0.code] != nil } }
  public var missing: [ReportingUnit] { units.filter { files[$0.code] == nil } }
  package var isClosed: Bool { asOf > document.deadline }

  /// `nil` for a unit that does not owe it and did not send it.
  package func isReceived(from unit: ReportingUnit) -> Bool? {
    if files[unit.code] != nil { return true }
    return owing.contains(unit.code) ? false : nil
  }

  var json: JSONValue {
    [
      "name": .string(document.name), "deadline": .string(document.deadline.description),
      "with": .string(orNull: document.form), "closed": .bool(isClosed), "expected": .integer(units.count),
      "received": .integer(received), "missing": .integer(units.count - received),
      "units": .array(
        units.map {
          [
            "unit": .string($0.name), "state": .string(files[$0.code] == nil ? "missing" : "received"),
            "file": .string(orNull: files[$0.code]),
          ]
        }),
    ]
  }

  func word(for unit: ReportingUnit, language: Language) -> String {
    switch isReceived(from: unit) {
    case true?: language == .chinese ? "已收" : "received"
    case false?: language == .chinese ? "未报" : "missing"
    case nil: "-"
    }
  }

  /// `实施方案：已收3/16，截止2024-04-20；未报：温县总工会`
  func countText(in language: Language) -> String {
    let names = missing.map(\.name)
    if language == .chinese {
      return "\(document.name)：已收\(received)/\(units.count)，截止\(document.deadline)"
        + (names.isEmpty ? "" : "；未报：" + names.joined(separator: "、"))
    }
    return "\(document.name): \(received)/\(units.count) received, due \(document.deadline)"
      + (names.isEmpty ? "" : "; missing: " + names.joined(separator: ", "))
  }
}

extension Consolidation {
  /// The documents that each unit owes since their day has passed, by code.
  package var overdueDocuments: [String: [DueDocument]] {
    var result: [String: [DueDocument]] = [:]
    for delivery in documents where delivery.isClosed {
      for unit in delivery.missing { result[unit.code, default: []].append(delivery.document) }
    }
    return result
  }
}
