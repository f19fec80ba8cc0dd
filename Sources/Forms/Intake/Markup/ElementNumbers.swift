import DOCX

/// The numbers of a document's paragraphs and cells among their kind, in the order of the document: by them an editor of the
/// same bytes finds what was read.
struct ElementNumbers {
  private var places: [UnsafeRawPointer: DocumentEditor.Place] = [:]
  private var (cells, paragraphs) = (0, 0)
  private let cellName: String
  private let paragraphNames: Set<String>

  /// - Parameters:
  ///   - cell: What the format calls a cell: `tc`, `table-cell`.
  ///   - paragraphs: What it calls paragraphs.
  init(_ root: MarkupNode, cell: String, paragraphs: Set<String>) {
    cellName = cell
    paragraphNames = paragraphs
    collect(root)
  }

  private mutating func collect(_ node: MarkupNode) {
    for child in node.children where child.isElement {
      let name = child.name
      if name == cellName {
        places[child.identity] = .cell(cells)
        cells += 1
      } else if paragraphNames.contains(name) {
        places[child.identity] = .paragraph(paragraphs)
        paragraphs += 1
      }
      collect(child)
    }
  }

  subscript(node: MarkupNode) -> DocumentEditor.Place? { places[node.identity] }
}
