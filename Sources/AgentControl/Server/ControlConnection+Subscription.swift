import AgentModel
import Logging
import NIOCore

/// The subscription of a connection: the snapshot page by page, then what is published.
extension ControlConnection {
    /// - Parameter filter: Which rows the snapshot has; what is published later is not filtered.
    func subscribe(to names: [String]?, matching filter: RowFilter?, _ version: Int) {
        let known = hub.history.topics(in: version)
        var topics = Set(known)
        if let names {
            topics = []
            for name in names {
                guard let topic = known.first(where: { $0.rawValue == name }) else {
                    return fail(.invalidTopic, VarlinkMessages.InvalidTopic(topic: name, known: known.map(\.rawValue)))
                }
                topics.insert(topic)
            }
        }
        subscription = .snapshot(Audience(topics: topics, version: version), from: hub.sequence, waiting: [])
        self.filter = filter
        hub.subscribe(self)
        fetch(after: nil)
    }

    func fetch(after position: UInt64?) {
        guard !isFetching, case .snapshot(let audience, _, _) = subscription else { return }
        isFetching = true
        let (source, limit, topics, filter) = (hub.source, hub.limits.changesPerReply, audience.topics, self.filter)
        let bound = NIOLoopBound(self, eventLoop: hub.loop)
        hub.loop.makeFutureWithTask {
            guard let filter else { return await source.snapshotPage(of: topics, after: position, limit: limit) }
            return await source.snapshotPage(of: topics, matching: filter, after: position, limit: limit)
        }.whenSuccess { page in
            bound.value.isFetching = false
            bound.value.receive(page.changes, next: page.next)
        }
    }

    private func receive(_ changes: [StateChange], next: UInt64?) {
        guard case .snapshot(let audience, let from, let waiting) = subscription, let channel else { return }
        let update = SubscriptionUpdate(
            phase: .snapshot, firstSequence: from + 1, sequence: from, time: hub.time, changes: changes
        ).filtered(audience.topics)
        if !update.changes.isEmpty, let frame = encode(update, for: audience.version) { write(frame) }
        if let next {
            if channel.isWritable { fetch(after: next) } else { pausedAt = next }
            return
        }
        subscription = .live(audience)
        let synced = SubscriptionUpdate(
            phase: .synced, firstSequence: from + 1, sequence: from, time: hub.time, changes: [])
        if let frame = encode(synced, for: audience.version) { write(frame) }
        for frame in waiting {
            backlog -= frame.readableBytes
            write(frame)
        }
    }

    /// The frame of an update for subscribers of this version.
    func encode(_ update: SubscriptionUpdate, for version: Int) -> ByteBuffer? {
        var buffer = ByteBuffer()
        do {
            try coding.encode(update: update, for: hub.vocabulary(version), into: &buffer)
            return buffer
        } catch {
            hub.logger.error("cannot encode a change", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// Sends a live update, or holds it until the snapshot is complete.
    func deliver(_ frame: ByteBuffer) {
        if case .snapshot(let audience, let from, var waiting) = subscription {
            subscription = .none
            waiting.append(frame)
            subscription = .snapshot(audience, from: from, waiting: waiting)
            backlog += frame.readableBytes
            checkBacklog()
        } else {
            write(frame)
        }
    }
}
