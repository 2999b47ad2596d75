using System.Globalization;
using System.Text;

namespace ChatBotKit.Faults.Upstream;

/// <summary>All known faults of model endpoints.</summary>
internal static class UpstreamFaults
{
    /// <summary>The key that the server sends. The endpoint repeats it wherever possible.</summary>
    public const string Key = "sk-upstream-0123456789-very-secret";

    private const string Half = "Half an";

    private const string ForGood = "PROVIDER_REFUSED";

    public static IReadOnlyDictionary<string, UpstreamFault> All { get; } =
        Refusals().Concat(Silences()).Concat(Garbage()).Concat(Cuts()).ToDictionary(fault => fault.Name);

    private static IEnumerable<UpstreamFault> Refusals() =>
    [
        new("connection refused", _ => Task.CompletedTask) { Setting = UpstreamSetting.Refused, Hint = "OPENAI_BASE_URL" },
        new("401", one => one.RefuseAsync("401 Unauthorized", Error($"Incorrect API key provided: {Key}"))) { Hint = "OPENAI_API_KEY", Code = ForGood, Status = 424 },
        new("429 with seconds", one => one.RefuseAsync("429 Too Many Requests", Error($"Slow down, {Key}"), "Retry-After: 7\n"))
        {
            Hint = "Slow down", RetryAfter = (7, 7),
        },
        new("429 with a date", one => one.RefuseAsync(
            "429 Too Many Requests", Error("Slow down"),
            $"Retry-After: {TimeProvider.System.GetUtcNow().AddSeconds(90).ToString("R", CultureInfo.InvariantCulture)}\n"))
        {
            Hint = "limits", RetryAfter = (30, 90),
        },
        new("429 with a date that has passed", one => one.RefuseAsync(
            "429 Too Many Requests", Error("Slow down"), "Retry-After: Wed, 01 Jan 2020 00:00:00 GMT\n"))
        {
            Hint = "limits", RetryAfter = (0, 0),
        },
        new("429 with nonsense", one => one.RefuseAsync("429 Too Many Requests", Error("Slow down"), "Retry-After: soon\n")) { Hint = "limits" },
        new("500", one => one.RefuseAsync("500 Internal Server Error", Error($"Out of memory at {Key}"))) { Hint = "try again later" },
        new("500 with a page", one => one.RefuseAsync("500 Internal Server Error", $"<h1>{Key}</h1>", type: "text/html"))
        {
            Hint = "status 500",
        },
        new("500 with more than anybody reads", one => one.RefuseAsync("500 Internal Server Error", new string('x', 400_000)))
        {
            Hint = "status 500",
        },
        new("503", one => one.RefuseAsync("503 Service Unavailable", Error("Overloaded"), "Retry-After: 3\n"))
        {
            Hint = "try again later", RetryAfter = (3, 3),
        },
        new("a redirect", one => one.RefuseAsync("302 Found", "", $"Location: http://127.0.0.1:1/{Key}\n"))
        {
            Hint = "OPENAI_BASE_URL", Code = ForGood, Status = 424,
        },
        // The longest message that is repeated ends inside the key.
        new("a long message with the key", one => one.RefuseAsync("400 Bad Request", Error($"{new string('x', 485)}{Key}"))) { Code = ForGood, Status = 424 },
    ];

    private static IEnumerable<UpstreamFault> Silences() =>
    [
        new("silence before the first byte", one => one.HoldAsync())
        {
            Setting = UpstreamSetting.Impatient, Code = "GATEWAY_TIMEOUT", Status = 504, Hint = "sent nothing for 1.5 seconds",
        },
        new("silence after the head", async one =>
        {
            await one.BeginAsync();
            await one.HoldAsync();
        })
        {
            Setting = UpstreamSetting.Impatient, Code = "GATEWAY_TIMEOUT", Status = 504, Hint = "sent nothing for",
        },
        new("silence in the middle", async one =>
        {
            await one.BeginAsync(Half);
            await one.HoldAsync();
        })
        {
            Setting = UpstreamSetting.Impatient, Code = "GATEWAY_TIMEOUT", Status = 504, Said = Half, Hint = "sent nothing for",
        },
        new("an error whose body never ends", async one =>
        {
            await one.SendAsync("HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            await one.HoldAsync();
        })
        {
            Setting = UpstreamSetting.Impatient, Code = "GATEWAY_TIMEOUT", Status = 504, Hint = "sent nothing for",
        },
        new("a slow drip that ends", async one =>
        {
            await one.BeginAsync("Half an");
            await one.DelayAsync(TimeSpan.FromMilliseconds(200));
            foreach (var letter in UpstreamExchange.Chunk(" answer") + UpstreamExchange.Finish)
                await one.SendAsync(letter.ToString());
        })
        {
            Setting = UpstreamSetting.Impatient, Code = null, Status = 200, EndReason = "stop", Said = "Half an answer",
        },
        new("a drip without an end", async one =>
        {
            await one.BeginAsync(Half);
            while (true)
            {
                await one.DelayAsync(TimeSpan.FromMilliseconds(100));
                await one.SendAsync(": not yet\n\n");
            }
        })
        {
            Setting = UpstreamSetting.Impatient, Code = null, Status = 200, EndReason = "abort", Said = Half,
        },
    ];

    private static IEnumerable<UpstreamFault> Garbage() =>
    [
        new("no JSON", one => one.RefuseAsync("200 OK", $"Welcome, {Key}")) { Hint = "can't be understood" },
        new("JSON of another kind", one => one.RefuseAsync("200 OK", """{"status":"fine"}""")),
        new("a page", one => one.RefuseAsync("200 OK", $"<html>{Key}</html>", type: "text/html")) { Hint = "OPENAI_BASE_URL" },
        new("nothing", one => one.RefuseAsync("200 OK", "", type: "text/event-stream")) { Hint = "can't be understood" },
        new("no HTTP", one => one.SendAsync($"SSH-2.0-OpenSSH {Key}\r\n")) { Hint = "OPENAI_BASE_URL" },
        new("a header without an end", async one =>
        {
            await one.SendAsync("HTTP/1.1 200 OK\r\nX-Long: ");
            for (var i = 0; i < 100; i++)
                await one.SendAsync(new string('x', 1024));
        }),
        new("half a line of JSON", async one =>
        {
            await one.BeginAsync(Half);
            await one.SendAsync("data: {\"choices\":[{\"delta\":{\"con\n\n");
        })
        {
            Said = Half, Hint = "can't be understood",
        },
        new("bytes that are no UTF-8", async one =>
        {
            await one.BeginAsync(Half);
            await one.SendAsync([
                .. Encoding.UTF8.GetBytes("""data: {"choices":[{"delta":{"content":" """), 0xff, 0xc3, 0x28,
                .. Encoding.UTF8.GetBytes("\"}}]}\n\n")]);
        })
        {
            Said = Half + " \uFFFD\uFFFD(", Hint = "broke off",
        },
        new("a line without an end", one => EndlessAsync(one, "data: {\"choices\":[{\"delta\":{\"content\":\"", "x")) { Said = Half },
        new("an event without an end", one => EndlessAsync(one, "", "data: x\n")) { Said = Half },
        new("an error in the stream", async one =>
        {
            await one.BeginAsync(Half);
            await one.SendAsync($$$"""data: {"error":{"message":"Out of luck, {{{Key}}}","code":"server_error"}}""" + "\n\n");
        })
        {
            Said = Half, Hint = "Out of luck",
        },
    ];

    private static IEnumerable<UpstreamFault> Cuts() =>
    [
        new("a cut before the first byte", one =>
        {
            one.Reset();
            return Task.CompletedTask;
        })
        {
            Hint = "can't be reached",
        },
        new("an end after half an answer", one => one.BeginAsync(Half)) { Said = Half, Hint = "broke off" },
        new("fewer bytes than announced", one => one.SendAsync(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n{UpstreamExchange.Chunk(Half)}"))
        {
            Said = Half, Hint = "broke off",
        },
        // Text in the same piece as the garbage is lost with it.
        new("broken framing", one => one.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{UpstreamExchange.Chunk(Half).Length:x}\r\n{UpstreamExchange.Chunk(Half)}\r\nno number\r\n"))
        {
            Hint = "broke off",
        },
    ];

    /// <summary>Sends until the server disconnects. The script fails if the server reads more than it should.</summary>
    private static async Task EndlessAsync(UpstreamExchange one, string start, string piece)
    {
        await one.BeginAsync(Half);
        await one.SendAsync(start);
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 256 * 1024 / piece.Length)));
        for (var sent = 0; sent < 64 * 1024 * 1024; sent += block.Length)
            await one.SendAsync(block);
        throw new InvalidOperationException("The server takes a line that has no end.");
    }

    private static string Error(string message) => $$$"""{"error":{"message":"{{{message}}}","code":"error"}}""";
}
