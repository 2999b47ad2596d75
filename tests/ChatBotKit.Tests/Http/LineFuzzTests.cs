using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Testing;
using CsCheck;

namespace ChatBotKit.Tests.Http;

/// <summary>Streams that are damaged by the network or by faulty servers. <c>CsCheck_Iter</c> sets how many are generated.</summary>
public sealed class LineFuzzTests
{
    private static readonly long Times = Math.Max(Check.Iter, 2_000);

    private static readonly FailureSource Source = new(new Uri("http://server.example"), HttpStatusCode.OK, "request", "sk-secret");

    private static readonly string[] Good =
    [
        """{"type":"token","data":{"type":"bot","token":"Grüß 👋"},"createdAt":1767225600005,"id":3}""",
        """{"id":1,"data":{"token":"\ud83d\ude00","type":"bot"},"type":"token"}""",
        """{"type":"reasoningToken","data":{"type":"bot","token":"hm"}}""",
        """{"type":"message","data":{"id":"m","type":"bot","text":"Hi","meta":{"a":[1,{"b":null}]}}}""",
        """{"type":"result","data":{"text":"Hi","usage":{"token":9},"end":{"reason":"stop"}}}""",
        """{"type":"item","data":{"id":"m","type":"user","text":"Hi","createdAt":1,"updatedAt":2}}""",
        """{"type":"somethingNew","data":[7],"more":true}""",
    ];

    private static readonly string[] Bad =
    [
        "{", "nonsense", "[]", "null", "7", "{\"type\":5}", "{}", "\"", "\0", "{\"type\":\"token\",\"data\":{\"type\":\"bot\",\"token\":7}}", "{\"type\":\"item\",\"data\":null}",
        "{\"type\":\"token\",\"data\":{\"type\":\"bot\",\"token\":\"\\ud800\"}}", "{\"type\":\"\\udc00\"}", "{\"\\ud800\":1,\"type\":\"item\"}", "{\"type\":\"item\",\"data\":{\"id\":\"\\ud800\"}}",
        "{\"type\":\"error\",\"data\":{\"message\":\"No\",\"code\":\"CONFLICT\"}}", "{\"message\":\"No\",\"code\":\"CONFLICT\"}", "{\"type\":\"error\",\"data\":\"\\ud800\"}",
        "{\"type\":\"token\",\"data\":{}} x", "{\"type\":\"token\",\"createdAt\":1e300,\"data\":{\"type\":\"bot\",\"token\":\"x\"}}", new('[', 200),
    ];

    private static readonly Gen<byte[]> Lines = Gen.Select(
        Gen.OneOf([.. Good, .. Good, .. Bad, "", " ", "\r", """{"type":"ping","data":{}}"""]).Array[0, 12], Gen.OneOf("\n", "\r\n", "\n\n"), Gen.Bool,
        (lines, end, isWhole) => Encoding.UTF8.GetBytes(string.Join(end, lines) + (isWhole ? end : "")));

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        Lines,
        Gen.Select(Lines, Gen.Int[0, 2000], Gen.Byte, (bytes, at, value) =>
        {
            if (bytes.Length > 0)
                bytes[at % bytes.Length] = value;
            return bytes;
        }),
        Gen.Byte.Array[0, 200]);

    [Fact]
    public async Task AnyBytes_SplitAnywhere_GiveTheSameItemsAndTheSameEnd() => await Gen.Select(AnyBytes, Gen.Int[1, 60].Array[1, 10]).SampleAsync(
        async (bytes, sizes) =>
        {
            Assert.Equal(await ReadAsync<RunEvent>([bytes]), await ReadAsync<RunEvent>(Split(bytes, sizes)));
            Assert.Equal(await ReadAsync<MessageItem>([bytes]), await ReadAsync<MessageItem>(Split(bytes, sizes)));
            Assert.Equal(await ReadAsync<ChannelMessageEvent>([bytes]), await ReadAsync<ChannelMessageEvent>(Split(bytes, sizes)));
        },
        iter: Times,
        threads: 1);

    [Fact]
    public async Task GoodLines_BeforeABadOne_AreAllDelivered() =>
        await Gen.Select(Gen.OneOf(Good[..5]).Array[0, 8], Gen.OneOf(Bad[..10]), Gen.Int[1, 60].Array[1, 10]).SampleAsync(
            async (good, bad, sizes) =>
            {
                var bytes = Encoding.UTF8.GetBytes(string.Concat([.. good.Append(bad).Append(Good[0]).Select(line => line + "\n")]));

                var (items, end) = await ReadAsync<RunEvent>(Split(bytes, sizes));

                Assert.Equal(good.Length, items.Count(letter => letter == '\n'));
                Assert.Equal(ClientErrorCodes.InvalidResponse, end);
            },
            iter: Times,
            threads: 1);

    [Fact]
    public async Task AnyServerSentEvents_AreChunksOrADocumentedFailure()
    {
        string[] pieces = ["data: ", "\n", "\n\n", "\r\n\r\n", ": x\n", "[DONE]", "{\"n\":1}", "{\"n\":1,\"n\":2}", "{\"\\ud800\":1}", "{\"error\":\"\\ud800\"}", "{\"error\":{\"code\":7}}", "[]", "null", "x", "\uFEFF"];
        var text = Gen.OneOf(pieces).Array[0, 15].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));

        await Gen.Select(Gen.OneOf(text, Gen.Byte.Array[0, 100]), Gen.Int[1, 20].Array[1, 10]).SampleAsync(
            async (bytes, sizes) => Assert.Equal(await ReadEventsAsync([bytes]), await ReadEventsAsync(Split(bytes, sizes))),
            iter: Times,
            threads: 1);
    }

    [Theory]
    [InlineData("""{"type":"token","data":{"type":"bot","token":"\ud83d"}}""")]
    [InlineData("""{"type":"\ud83d"}""")]
    public async Task HalfAPairOfSurrogates_IsAnAnswerThatCannotBeRead(string line)
    {
        Assert.Equal(("", ClientErrorCodes.InvalidResponse), await ReadAsync<RunEvent>([Encoding.UTF8.GetBytes(line + "\n")]));
        Assert.Equal(ClientErrorCodes.InvalidResponse, (await ReadAsync<MessageItem>([Encoding.UTF8.GetBytes("""{"type":"\ud83d"}""" + "\n")])).End);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Split(byte[] bytes, int[] sizes)
    {
        for (int at = 0, turn = 0; at < bytes.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Length], bytes.Length - at);
            yield return bytes.AsMemory(at, size);
            at += size;
        }
    }

    /// <summary>Returns the items as JSON Lines, and the code of the failure; null for an end without failure.</summary>
    private static async Task<(string Items, string? End)> ReadAsync<T>(IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        using var source = new LineSource(new HttpResponseMessage(), new ScriptedStream(pieces), Source);
        return await CollectAsync(
            JsonLines.ReadAsync(source, LineParser.For<T>(), new IdleWatch(Timeout.InfiniteTimeSpan, TimeProvider.System), Clients.Token),
            TextOf);
    }

    /// <summary>Free-form JSON is passed on unchanged, so it may be impossible to serialize, or missing.</summary>
    private static string TextOf<T>(T item)
    {
        try
        {
            return JsonSerializer.Serialize(item, (JsonTypeInfo<T>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return item!.GetType().Name;
        }
    }

    private static Task<(string Items, string? End)> ReadEventsAsync(IEnumerable<ReadOnlyMemory<byte>> pieces) => CollectAsync(
        ServerSentEvents.ReadAsync(new ScriptedStream(pieces), Source, new IdleWatch(Timeout.InfiniteTimeSpan, TimeProvider.System), Clients.Token),
        item => item.GetType().Name);

    private static async Task<(string Items, string? End)> CollectAsync<T>(IAsyncEnumerable<T> items, Func<T, string> text)
    {
        var read = new StringBuilder();
        try
        {
            await foreach (var item in items)
                read.Append(text(item)).Append('\n');
            return (read.ToString(), null);
        }
        catch (ChatBotKitException failure)
        {
            return (read.ToString(), failure.Code);
        }
    }
}
