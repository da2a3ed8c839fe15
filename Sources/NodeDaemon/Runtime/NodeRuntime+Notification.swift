import AgentModel
import Glibc
import Logging
import MobileIPv4
import MobileNode
import MobilityLink

/// Generic notifications of agents to the node, and of the node's operator to its agents (RFC 6098).
extension NodeRuntime {
    /// Handles a datagram that may be a notification: shows and acknowledges it if it is valid.
    func receiveNotification(_ datagram: RawSpan, _ header: DatagramBatch.Header) {
        followClock()
        let answer = node.receive(notification: datagram, from: header.source, at: clock.now)
        // The acknowledgment leaves from where the notification arrived.
        if let answer { logFailure(sockets.udp.send(answer, to: header.source, from: header.destination, interface: 0)) }
        reportMessages(from: header.source)
        reportNotifications()
    }

    /// Handles a datagram that may acknowledge a notification of the node.
    func receiveNotificationAcknowledgment(_ datagram: RawSpan, _ header: DatagramBatch.Header) {
        followClock()
        node.receive(notificationAcknowledgment: datagram, from: header.source, at: clock.now)
    }

    /// Sends texts of the operator, which have been checked.
    func notify(_ orders: [NotificationOrder]) {
        guard !orders.isEmpty else { return }
        for order in orders {
            do throws(ChangeRefusal) {
                try node.notify(order, at: clock.now)
            } catch {
                logger.warning("a text was not sent", metadata: ["reason": "\(error.reason)"])
            }
        }
        sendNotifications()
        finish()
    }

    /// Sends the notifications that are due, and reports those that were given up. Call it after the node has advanced.
    func sendNotifications() {
        for datagram in node.takeNotifications() {
            logFailure(sockets.send(datagram.payload, to: datagram.destination, from: requestSource))
        }
        reportNotifications()
    }

    private func reportNotifications() {
        let events = node.takeNotificationEvents(startTime: clock.startTime)
        guard !events.isEmpty else { return }
        publishChanges()
        for event in events {
            if event.kind == .notificationUnacknowledged { logger.notice("\(event.message)") }
            publish([.event(event)], time)
        }
    }

    private func logFailure(_ code: CInt) {
        guard code != 0 else { return }
        logger.debug(
            "cannot send a notification or its acknowledgment", metadata: ["error": "\(String(cString: strerror(code)))"])
    }
}
