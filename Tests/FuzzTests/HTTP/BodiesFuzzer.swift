import FuzzSupport
import HTTPTypes
import JSON
import NIOCore

@testable import ManagementAPI

/// Bodies of changes, for every change that is declared.
enum BodiesFuzzer: FuzzTarget {
    static let name = "http-body"
    static let about = "a body is refused with a reason that names no secret, or each member has its declared form"

    private static let declarations = Changes.all().filter { !$0.body.isEmpty }

    static func run(_ input: [UInt8]) throws {
        var parameters = FuzzInput(input)
        let declaration = declarations[Int(parameters.octet()) % declarations.count]
        let octets = parameters.rest()
        let body: ChangeBody
        do throws(Problem) {
            body = try ChangeBody(json: octets, as: declaration.body, mustChange: declaration.method == .patch)
        } catch {
            try require([.badRequest, .unprocessableContent].contains(error.status), "status \(error.status)")
            let detail = error.detail
            try require(!detail.isEmpty, "a problem without detail")
            try require(detail.utf8.count < 2 * octets.count + 2048, "a detail of \(detail.utf8.count) bytes")
            return
        }
        for member in declaration.body where member.isRequired {
            try require(body[member.name] != nil, "\(member.name) is missing")
        }
        for member in body.members.members {
            guard let declared = declaration.body.first(where: { $0.name == member.name }) else {
                throw Finding("the undeclared member \(member.name)")
            }
            switch (declared.form, member.value) {
            case (.truth, .bool), (.words, .array), (.object, .object): break
            case (.whole(let range), .integer(let number)): try require(range.contains(number), "\(number)")
            case (.word(let words), .string(let text)): try require(words.contains(text), "the word \(text)")
            case (.text(let form), .string(let text)): try require(form.isValid(text), "the text \(text)")
            default: throw Finding("\(member.name) has the wrong form")
            }
            _ = body.address(member.name)
            let number: UInt16? = body.whole(member.name)
            if case .whole(let range) = declared.form, range.upperBound <= UInt16.max { try require(number != nil, "a number") }
        }
    }
}
