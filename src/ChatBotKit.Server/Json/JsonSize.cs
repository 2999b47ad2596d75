using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Json;

/// <summary>Counts the bytes of a value's JSON without storing them.</summary>
internal static class JsonSize
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static long Of(JsonNode value) => Count(value.WriteTo);

    public static long Of<T>(T value) =>
        Count((json, _) => JsonSerializer.Serialize(json, value, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(T))));

    private static long Count(Action<Utf8JsonWriter, JsonSerializerOptions?> write)
    {
        using var bytes = new Counter();
        using (var json = new Utf8JsonWriter(bytes, Options))
            write(json, null);
        return bytes.Count;
    }

    /// <summary>Discards what is written and counts its bytes; every write gets the same array.</summary>
    private sealed class Counter : IBufferWriter<byte>, IDisposable
    {
        private byte[] _array = ArrayPool<byte>.Shared.Rent(4096);

        public long Count { get; private set; }

        public void Advance(int count) => Count += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (sizeHint > _array.Length)
            {
                ArrayPool<byte>.Shared.Return(_array);
                _array = ArrayPool<byte>.Shared.Rent(sizeHint);
            }

            return _array;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public void Dispose() => ArrayPool<byte>.Shared.Return(_array);
    }
}
