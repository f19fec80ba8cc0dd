import CLibXML2

/// libxml2's SAX2 push parser: fed with chunks of bytes, it calls a handler for elements and text.
///
/// Nothing is built in memory, no entity beyond XML's own five exists, nothing is fetched, a DOCTYPE ends the parsing, and
/// elements nest only so deep. Every encoding that libxml2 knows is accepted; the handler sees UTF-8.
final class XMLPushParser {
  private let part: String
  private let maximumDepth: Int
  private let handler: any XMLHandler
  private let namespaces = NamespaceCache()
  private let context: xmlParserCtxtPtr
  private var depth = 0
  private var failure: (any Error)?
  private var hasBytes = false
  private var tags = StartTagGuard(.xml)
  /// Set where bytes are kept from the parser, which then no longer knows its line.
  var hasSkipped = false

  /// - Parameter part: The part's name, for errors.
  init(part: String, limits: Limits, handler: any XMLHandler) throws {
    self.part = part
    self.handler = handler
    maximumDepth = limits.xmlDepth
    _ = Self.library
    clibxml2_silence()
    var callbacks = Self.callbacks
    guard let context = xmlCreatePushParserCtxt(&callbacks, nil, nil, 0, nil) else {
      throw XLSXError(.malformedPart, "There is not enough memory to read the workbook.", part: part)
    }
    xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
    self.context = context
    // The context calls back only while `feed` or `finish` runs, and so while this object lives.
    context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit { xmlFreeParserCtxt(context) }

  /// Parses on.
  func feed(_ bytes: UnsafeRawBufferPointer) throws {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    hasBytes = true
    var start = base.assumingMemoryBound(to: CChar.self)
    var rest = bytes.count
    while rest > 0 {
      let count = min(rest, 1 << 20)
      guard tags.passes(UnsafeRawBufferPointer(start: start, count: count)) else {
        let error = XLSXError(
          .limitExceeded, "An element has more attributes than any program writes.", part: part)
        failure = error
        throw error
      }
      xmlParseChunk(context, start, Int32(count), 0)
      try check()
      start += count
      rest -= count
    }
  }

  /// Says that the part is complete.
  func finish() throws {
    guard hasBytes else {
      throw XLSXError(
        .malformedPart, "A part of the workbook is empty; save it again in Excel or WPS.", part: part)
    }
    xmlParseChunk(context, nil, 0, 1)
    try check()
  }

  private func check() throws {
    if let failure { throw failure }
    guard context.pointee.wellFormed == 0 else { return }
    var cause: String?
    if let error = xmlCtxtGetLastError(context) {
      let message = error.pointee.message.map { String(cString: $0) } ?? "error \(error.pointee.code)"
      let line = hasSkipped ? "" : "line \(error.pointee.line): "
      cause = line + message.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
    let error = XLSXError(
      .malformedPart, "A part of the workbook is damaged; save it again in Excel or WPS.", part: part,
      cause: cause)
    failure = error
    throw error
  }

  private func fail(_ error: any Error) {
    guard failure == nil else { return }
    if var error = error as? XLSXError {
      if error.part == nil { error.part = part }
      if error.cause == nil, error.code == .malformedPart, !hasSkipped {
        error.cause = "line \(xmlSAX2GetLineNumber(context))"
      }
      failure = error
    } else {
      failure = error
    }
    xmlStopParser(context)
  }

  private func perform(_ body: () throws -> Void) {
    guard failure == nil else { return }
    do { try body() } catch { fail(error) }
  }

  private func start(
    _ name: UnsafePointer<UInt8>, _ uri: UnsafePointer<UInt8>?, _ count: Int32,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    perform {
      depth += 1
      guard depth <= maximumDepth else {
        throw XLSXError(.limitExceeded, "Elements nest deeper than \(maximumDepth) levels.")
      }
      try handler.start(
        XMLStart(
          name: XMLBytes(cString: name), namespace: namespaces[uri],
          attributes: XMLAttributes(base: attributes, count: Int(count), namespaces: namespaces)))
    }
  }

  private func end() {
    perform {
      depth -= 1
      try handler.end()
    }
  }

  private func text(_ bytes: UnsafePointer<UInt8>?, _ count: Int32) {
    perform { try handler.text(XMLBytes(start: bytes, count: Int(count))) }
  }

  private func refuseDocumentType() {
    fail(
      XLSXError(
        .malformedPart,
        "A part of the workbook declares a document type, which no spreadsheet program writes."))
  }

  // libxml2 must be set up once before threads use it.
  private static let library: Void = xmlInitParser()

  private static func parser(_ data: UnsafeMutableRawPointer?) -> XMLPushParser? {
    data.map { Unmanaged<XMLPushParser>.fromOpaque($0).takeUnretainedValue() }
  }

  private static var callbacks: xmlSAXHandler {
    var callbacks = xmlSAXHandler()
    callbacks.initialized = UInt32(XML_SAX2_MAGIC)
    callbacks.startElementNs = { data, name, _, uri, _, _, count, _, attributes in
      guard let name else { return }
      XMLPushParser.parser(data)?.start(name, uri, count, attributes)
    }
    callbacks.endElementNs = { data, _, _, _ in XMLPushParser.parser(data)?.end() }
    callbacks.characters = { data, bytes, count in XMLPushParser.parser(data)?.text(bytes, count) }
    callbacks.ignorableWhitespace = callbacks.characters
    callbacks.cdataBlock = callbacks.characters
    callbacks.internalSubset = { data, _, _, _ in XMLPushParser.parser(data)?.refuseDocumentType() }
    // Keeps libxml2 from printing; what went wrong is asked for afterwards.
    callbacks.serror = { _, _ in }
    return callbacks
  }
}

extension XMLPushParser {
  /// Parses a piece that the program adds to the file's own.
  func feed(_ text: StaticString) throws {
    try feed(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
