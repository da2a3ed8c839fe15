/// A large member of a struct, in memory of its own.
///
/// The compiler copies a whole struct whenever a function that changes it calls one that only reads it. A role of an agent does that some
/// thirty times for each request, so what is large in it is kept out of its memory. It remains a value: a change of one copy does not
/// change another.
@propertyWrapper
struct Boxed<Value> {
    /// One element: an array is a box that copies on a write, and its accesses need no check at run time as those of a class do.
    private var box: ContiguousArray<Value>

    init(wrappedValue: Value) { box = [wrappedValue] }

    var wrappedValue: Value {
        get { box[0] }
        _modify { yield &box[0] }
    }
}
