import Foundation

extension ListLines {
  /// The lines as the JSON of `check` has them: `[{"row": 6, "values": {"姓名": "…"}}]`.
  func write(to sink: inout some JSONSink, sheet: String, form: FormFieldList, isMasked: Bool) {
    let fields = form.fields.indices.filter { form.fields[$0].type != .index }
    sink.array(0..<count) { sink, line in
      let values = self.values(line)
      sink.object { sink in
        sink.member("sheet", text: self.sheet(of: line) ?? sheet)
        sink.member("row", number: Decimal(row(line)))
        sink.member("values") { sink in
          sink.object { sink in
            for field in fields {
              sink.member(form.keys[field].rawValue) {
                values[field].write(to: &$0, type: form.fields[field].type, isMasked: isMasked)
              }
            }
          }
        }
      }
      sink.handOver()
    }
  }
}

extension FieldValue? {
  func write(to sink: inout some JSONSink, type: FieldType?, isMasked: Bool) {
    switch self {
    case .figure(let figure)?: sink.number(figure)
    case .text(let text)?: sink.string(isMasked ? PersonalData.masked(text, type: type) : text)
    case .date(let date)?: sink.string(date.description)
    case .truth(let truth)?: sink.bool(truth)
    case nil: sink.null()
    }
  }
}
