using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Bench.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.Bench.Floors;

/// <summary>
/// The least that streams a model's answer as JSON Lines: it passes the request on, reads the text of each server-sent
/// event and writes one line for it. It flushes when what has arrived is used up. Nothing is stored and nothing checked.
/// </summary>
internal sealed class ProxyFloor(Uri upstream)
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly HttpClient Http = new(new SocketsHttpHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri _url = new(upstream.AbsoluteUri + "/chat/completions");

    public void Map(IEndpointRouteBuilder app) => app.MapPost("/stream", StreamAsync);

    private async Task StreamAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
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
                WriteToken(output, json, line);
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

    private static void WriteToken(PipeWriter output, Utf8JsonWriter json, in ReadOnlySequence<byte> line)
    {
        var field = "data: "u8;
        if (line.Length <= field.Length || ReadText(line.Slice(field.Length)) is not { } text)
            return;
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
