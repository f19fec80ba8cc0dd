import XLSX

/// The bytes of a text table, split into fields without making a text of the whole: UTF-8 and GB18030 as they are, for in
/// both no byte of a longer character is a separator or a quotation mark; UTF-16 as UTF-8.
struct CSVText {
  private let bytes: [UInt8]
  private let start: Int
  private let isGB18030: Bool

  /// - Throws: ``IntakeProblem`` for bytes that are no text.
  init(_ bytes: [UInt8]) throws(IntakeProblem) {
    guard let (charset, markLength) = TextDecoding.charset(of: bytes[...]) else { throw .unknown }
    isGB18030 = charset == .gb18030
    switch charset {
    case .utf8, .gb18030:
      self.bytes = bytes
      start = markLength
    case .utf16LittleEndian, .utf16BigEndian:
      self.bytes = TextDecoding.utf8(
        ofUTF16: bytes[markLength...], isLittleEndian: charset == .utf16LittleEndian)
      start = 0
    }
  }

  /// Hands every field to a consumer, in UTF-8.
  ///
  /// - Throws: ``IntakeProblem`` for a field that is longer than a cell, which a missing quotation mark makes of half a
  ///   file; what the consumer throws.
  /// - Complexity: O(bytes) in time; memory for one field.
  func scan<Consumer: CSVConsumer>(into consumer: inout Consumer) throws {
    var decoder = FieldDecoder(consumer: consumer, isGB18030: isGB18030)
    try bytes.withUnsafeBytes { all in
      let body = UnsafeRawBufferPointer(rebasing: all[start...])
      let delimiter = CSVDelimiter(body.bindMemory(to: UInt8.self))
      var scanner = CSVScanner(delimiter: delimiter.byte)
      _ = try scanner.scan(
        UnsafeRawBufferPointer(rebasing: body[delimiter.markLength...]), isLast: true, into: &decoder)
    }
    consumer = decoder.consumer
  }
}

/// Brings fields to UTF-8 before they go on.
private struct FieldDecoder<Consumer: CSVConsumer>: CSVConsumer {
  /// What a cell holds at most, in bytes: 32,767 characters of up to four.
  private static var longest: Int { 4 * 32_767 }

  var consumer: Consumer
  let isGB18030: Bool

  mutating func field(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count <= Self.longest else { throw IntakeProblem.fieldTooLong }
    guard isGB18030, bytes.contains(where: { $0 >= 0x80 }) else { return try consumer.field(bytes) }
    var text = GB18030.decodeRepairing(Array(bytes)[...])
    try text.withUTF8 { try consumer.field(UnsafeRawBufferPointer($0)) }
  }

  mutating func endRecord() throws { try consumer.endRecord() }
}
