/// A part under construction: held whole while it is small, deflated as it comes once it is not.
struct PartBuilder: ~Copyable {
  /// Parts up to this size are deflated whole, which makes them smaller than piece by piece.
  private static let wholeLimit = 4 << 20

  var xml: ByteBuffer
  private var stream: PartStream?
  private let spillFolder: String?
  private let limit: Int

  /// - Parameter isLarge: The part is deflated as it comes from the beginning.
  init(spillFolder: String?, isLarge: Bool = false, capacity: Int = 4096) {
    self.spillFolder = spillFolder
    limit = isLarge ? PartStream.batchSize : Self.wholeLimit
    xml = ByteBuffer(capacity: isLarge ? PartStream.batchSize + (64 << 10) : capacity)
  }

  /// Whether ``handOver()`` has something to do; asked for every row.
  var isFull: Bool {
    @inline(__always) get { xml.count >= PartStream.batchSize && (stream != nil || xml.count >= limit) }
  }

  /// Gives the bytes so far to the stream.
  mutating func handOver() throws(XLSXError) {
    let stream = self.stream ?? PartStream(spillFolder: spillFolder)
    self.stream = stream
    try stream.write(&xml)
  }

  /// Adds the finished part to a package.
  consuming func finish(as part: String, type: PartType, in package: inout PackageWriter) throws(XLSXError) {
    if let stream {
      try stream.write(&xml)
      package.add(try stream.finish(name: String(part.dropFirst())), type: type)
    } else {
      package.add(part, type: type, xml)
    }
  }
}
