import Foundation
import XLSX

/// A reading has a dozen parts, of which nearly every one has four: only what is there is written, under short names, and
/// a figure as text, whose digits no program rounds.
extension Reading {
  private enum Key: String, CodingKey {
    case field = "f"
    case cell = "c"
    case raw = "r"
    case figure = "v"
    case value = "w"
    case state = "s"
    case notes = "n"
    case formula = "x"
    case isHidden = "h"
    case sheet = "t"
  }

  private enum Lack: String, Codable {
    case blank, unreadable, missing
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let state: State
    if let text = try container.decodeIfPresent(String.self, forKey: .figure) {
      guard let figure = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else {
        throw DecodingError.dataCorruptedError(
          forKey: .figure, in: container, debugDescription: "\(text) is no figure")
      }
      state = .figure(figure)
    } else if let value = try container.decodeIfPresent(FieldValue.self, forKey: .value) {
      state = .value(value)
    } else {
      state =
        switch try container.decode(Lack.self, forKey: .state) {
        case .blank: .blank
        case .unreadable: .unreadable
        case .missing: .missing
        }
    }
    self.init(
      field: try container.decode(FieldKey.self, forKey: .field),
      cell: try container.decodeIfPresent(CellReference.self, forKey: .cell),
      raw: try container.decodeIfPresent(String.self, forKey: .raw) ?? "", state: state,
      notes: try container.decodeIfPresent([Note].self, forKey: .notes) ?? [],
      formula: try container.decodeIfPresent(String.self, forKey: .formula),
      isHidden: try container.decodeIfPresent(Bool.self, forKey: .isHidden) ?? false)
    sheet = try container.decodeIfPresent(String.self, forKey: .sheet)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(field, forKey: .field)
    try container.encodeIfPresent(cell, forKey: .cell)
    if !raw.isEmpty { try container.encode(raw, forKey: .raw) }
    switch state {
    case .figure(let figure): try container.encode(figure.plainText, forKey: .figure)
    case .value(let value): try container.encode(value, forKey: .value)
    case .blank: try container.encode(Lack.blank, forKey: .state)
    case .unreadable: try container.encode(Lack.unreadable, forKey: .state)
    case .missing: try container.encode(Lack.missing, forKey: .state)
    }
    if !notes.isEmpty { try container.encode(notes, forKey: .notes) }
    try container.encodeIfPresent(formula, forKey: .formula)
    if isHidden { try container.encode(true, forKey: .isHidden) }
    try container.encodeIfPresent(sheet, forKey: .sheet)
  }
}
