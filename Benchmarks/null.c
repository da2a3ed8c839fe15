/*
 * The minimum that a subagent can do: it answers every GetNext with the number 1 under the next name, without a library, a table or an
 * allocation. A walk through snmpd cannot take less time with any other subagent.
 *
 *   null SOCKET ROOT sleep|look     with `look` it polls the socket repeatedly before it sleeps, as mip-mibd does after an answer
 */
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { header = 20, room = 65536 };

static uint8_t in[room], out[room];
static int master, looks;

static uint32_t get(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, 4);
    return value;
}

static uint8_t *put(uint8_t *at, uint32_t value)
{
    memcpy(at, &value, 4);
    return at + 4;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void fill(uint8_t *at, size_t count)
{
    double begin = now();
    while (count) {
        int flags = looks && now() - begin < 100e-6 ? MSG_DONTWAIT : 0;
        ssize_t got = recv(master, at, count, flags);
        if (got == 0)
            exit(0);
        if (got < 0) {
            if (!flags)
                exit(1);
            sched_yield();
            continue;
        }
        at += got;
        count -= got;
    }
}

static void send_all(size_t length)
{
    put(out + 16, length - header);
    if (send(master, out, length, MSG_NOSIGNAL) != (ssize_t)length)
        exit(1);
}

/* Numbers are in the byte order of this machine, which must be little-endian. */
static uint32_t receive(void)
{
    fill(in, header);
    uint32_t length = get(in + 16);
    if (length > room - header)
        exit(1);
    fill(in + header, length);
    return length;
}

static uint8_t *begin(uint8_t kind, uint32_t session, uint32_t packet)
{
    memset(out, 0, header);
    out[0] = 1;
    out[1] = kind;
    put(out + 4, session);
    put(out + 12, packet);
    return out + header;
}

/* Writes a name without the prefix abbreviation. */
static uint8_t *put_name(uint8_t *at, const uint32_t *name, int count)
{
    at = put(at, count);
    for (int i = 0; i < count; i++)
        at = put(at, name[i]);
    return at;
}

static int get_name(const uint8_t **at, uint32_t *name)
{
    int count = 0, rest = (*at)[0];
    if ((*at)[1]) {
        uint32_t internet[] = {1, 3, 6, 1, (*at)[1]};
        memcpy(name, internet, sizeof internet);
        count = 5;
    }
    *at += 4;
    for (; rest && count < 128; rest--, *at += 4)
        name[count++] = get(*at);
    return count;
}

int main(int argc, char **argv)
{
    uint32_t root[128], name[128], session, length;
    int root_length = 0, column_length;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (argc != 4)
        return 64;
    looks = strcmp(argv[3], "look") == 0;
    for (const char *part = argv[2]; part && root_length < 64; part = strchr(part, '.') ? strchr(part, '.') + 1 : NULL)
        root[root_length++] = strtoul(part, NULL, 10);
    column_length = root_length + 1;
    strncpy(address.sun_path, argv[1], sizeof address.sun_path - 1);
    master = socket(AF_UNIX, SOCK_STREAM, 0);
    if (master < 0 || connect(master, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("null");
        return 1;
    }
    uint8_t *at = begin(1, 0, 1); /* Open: timeout, no identity, no description */
    at = put(at, 0);
    at = put_name(at, root, 0);
    at = put(at, 0);
    send_all(at - out);
    receive();
    session = get(in + 4);
    at = begin(3, session, 2); /* Register: timeout, priority 127, no range */
    at = put(at, 127 << 8);
    at = put_name(at, root, root_length);
    send_all(at - out);
    for (;;) {
        length = receive();
        if (in[1] != 5 && in[1] != 6)
            continue;
        memcpy(out, in, header);
        out[1] = 18;
        at = put(put(out + header, 0), 0);
        for (const uint8_t *from = in + header; from < in + header + length;) {
            uint32_t end[128];
            int count = get_name(&from, name);
            get_name(&from, end);
            if (count < column_length)
                name[column_length - 1] = 1;
            if (count <= column_length) {
                count = column_length + 1;
                name[count - 1] = 1;
            } else {
                name[count - 1]++;
            }
            at = put(at, 66); /* Gauge32 */
            at = put_name(at, name, count);
            at = put(at, 1);
        }
        send_all(at - out);
    }
}
