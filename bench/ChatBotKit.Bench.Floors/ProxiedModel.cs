using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatBotKit.Bench.Floors;

/// <summary>
/// Calls a model, reads the text of each server-sent event and writes one line for it. It flushes when no more input is available
/// at once.
/// </summary>
internal sealed class ProxiedModel(Uri model)
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly HttpClient Http = new(new SocketsHttpHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    private readonly Uri _url = new(model.AbsoluteUri + "/chat/completions");

    /// <param name="prompt">The request to the model.</param>
    /// <param name="context">The request whose response gets the lines.</param>
    /// <param name="said">Collects the whole text; null when it is not needed.</param>
    public async Task StreamAsync(ReadOnlyMemory<byte> prompt, HttpContext context, StringBuilder? said)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ReadOnlyMemoryContent(prompt) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        var input = PipeReader.Create(await response.Content.ReadAsStreamAsync(context.RequestAborted), new StreamPipeReaderOptions(bufferSize: 16 * 1024));
        var output = context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, WriterOptions);
        context.Response.ContentType = "application/jsonl";
        while (true)
        {
            var read = await input.ReadAsync(context.RequestAborted);
            var buffer = read.Buffer;
            while (TakeLine(ref buffer, out var line))
                WriteToken(output, json, line, said);
            input.AdvanceTo(buffer.Start, buffer.End);
            await output.FlushAsync(context.RequestAborted);
            if (read.IsCompleted)
                return;
        }
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return false;
        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }

    private static void WriteToken(PipeWriter output, Utf8JsonWriter json, in ReadOnlySequence<byte> line, StringBuilder? said)
    {
        var field = "data: "u8;
        if (line.Length <= field.Length || ReadText(line.Slice(field.Length)) is not { } text)
            return;
        said?.Append(text);
        json.Reset();
        json.WriteStartObject();
        json.WriteString("type"u8, "token"u8);
        json.WriteStartObject("data"u8);
        json.WriteString("type"u8, "bot"u8);
        json.WriteString("token"u8, text);
        json.WriteEndObject();
        json.WriteNumber("createdAt"u8, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private static string? ReadText(in ReadOnlySequence<byte> data)
    {
        if (data.FirstSpan[0] != (byte)'{')
            return null;
        var reader = new Utf8JsonReader(data);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("content"u8))
                continue;
            reader.Read();
            return reader.GetString();
        }

        return null;
    }
}
