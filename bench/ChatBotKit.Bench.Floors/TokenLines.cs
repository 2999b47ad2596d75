using System.Globalization;
using System.Text;

namespace ChatBotKit.Bench.Floors;

/// <summary>The words of a streamed answer, as token lines of this API and as chunks of an OpenAI-compatible model.</summary>
internal static class TokenLines
{
    private static readonly string[] Words = ["The", " roses", " last", " about", " ten", " days", ",", " tulips", " five", "."];

    public static byte[] Lines(int count) => Join(count, i => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"type":"token","data":{"type":"bot","token":"{{{Word(i)}}}"},"createdAt":{{{1_800_000_000_000 + i}}}}""") + "\n");

    public static byte[] Chunks(int count) => Join(count, i =>
        $$$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"{{{Word(i)}}}"},"finish_reason":null}]}""" + "\n\n");

    private static string Word(int i) => Words[i % Words.Length];

    private static byte[] Join(int count, Func<int, string> write) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(write)));
}
