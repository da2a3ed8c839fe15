/*
 * Measures what datagrams cost on this machine: one process sends them, another sends them back.
 *
 *   echo SECONDS WINDOW BYTES       prints round trips per second with WINDOW datagrams of BYTES bytes in flight
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    char data[2048] = {0};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}}, peer;
    socklen_t length = sizeof address;
    int server = socket(AF_INET, SOCK_DGRAM, 0), client = socket(AF_INET, SOCK_DGRAM, 0);
    if (argc != 4 || bind(server, (struct sockaddr *)&address, sizeof address) != 0 ||
        getsockname(server, (struct sockaddr *)&address, &length) != 0 ||
        connect(client, (struct sockaddr *)&address, sizeof address) != 0)
        return 1;
    double seconds = atof(argv[1]), begin, spent;
    long window = atol(argv[2]), size = atol(argv[3]), count = 0;
    if (size > (long)sizeof data)
        return 64;
    pid_t child = fork();
    if (child == 0) {
        for (;;) {
            length = sizeof peer;
            ssize_t got = recvfrom(server, data, sizeof data, 0, (struct sockaddr *)&peer, &length);
            if (got >= 0)
                sendto(server, data, got, 0, (struct sockaddr *)&peer, length);
        }
    }
    begin = now();
    for (long i = 0; i < window; i++)
        send(client, data, size, 0);
    while ((spent = now() - begin) < seconds) {
        if (recv(client, data, sizeof data, 0) < 0)
            break;
        send(client, data, size, 0);
        count++;
    }
    kill(child, SIGTERM);
    printf("{\"roundTrips\": %ld, \"seconds\": %.6f, \"perSecond\": %.1f}\n", count, spent, count / spent);
    return 0;
}
