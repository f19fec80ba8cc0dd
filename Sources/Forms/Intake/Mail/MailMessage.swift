/// A message with what is attached to it, whichever program stored it.
struct MailMessage {
  struct Attachment {
    enum Content {
      /// As it travels, with the value of `Content-Transfer-Encoding`.
      case encoded(ArraySlice<UInt8>, String)
      case bytes([UInt8])
      indirect case message(MailMessage)
      /// What is not there, or cannot be opened.
      case missing(IntakeProblem)
    }

    /// As the mailer named it; empty where it gave no name.
    var name: String
    var content: Content
    /// `Content-ID`, by which the text refers to its pictures.
    var identifier: String?
    var isPicture = false
  }

  /// What a program wrote by itself.
  enum Notice {
    /// Somebody has read a message of ours.
    case readReceipt
    /// A message of ours did not arrive: what is attached is ours.
    case undelivered
  }

  var subject = ""
  /// The sender as the message gives it: name and address.
  var sender = ""
  /// When the last server took it, else when it was sent.
  var received: MailDate?
  var attachments: [Attachment] = []
  /// The HTML of the text, in UTF-8 or in what it says itself.
  var pages: [[UInt8]] = []
  /// The text without HTML.
  var text = ""
  var notice: Notice?
  /// Whether it has more parts than are read.
  var isCutShort = false
}

extension MailMessage {
  /// The message of a file, as Outlook saves it or as it travels.
  init(_ bytes: [UInt8]) { self = MsgReader.message(bytes) ?? MIMEReader.message(bytes[...]) }
}

extension MailMessage.Attachment {
  /// - Throws: ``IntakeProblem`` for what is not there.
  func bytes() throws(IntakeProblem) -> [UInt8] {
    switch content {
    case .encoded(let body, let encoding): return TransferEncoding.decoded(body, encoding)
    case .bytes(let bytes): return bytes
    case .message: return []
    case .missing(let problem): throw problem
    }
  }
}
