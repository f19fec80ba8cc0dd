/// In other formats a reference is its text: `"C6"`, `"A1:E12"`.
extension CellReference: Codable {
  /// Decodes the A1 text.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let reference = CellReference(text) else { throw NoReference.error(text, decoder) }
    self = reference
  }

  /// Encodes the A1 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension CellRange: Codable {
  /// Decodes the A1 text.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let range = CellRange(text) else { throw NoReference.error(text, decoder) }
    self = range
  }

  /// Encodes the A1 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

private enum NoReference {
  static func error(_ text: String, _ decoder: any Decoder) -> DecodingError {
    .dataCorrupted(
      .init(codingPath: decoder.codingPath, debugDescription: "\(text) is no reference inside a sheet"))
  }
}
