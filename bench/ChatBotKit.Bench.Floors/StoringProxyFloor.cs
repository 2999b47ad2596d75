using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Bench.Floors;

/// <summary>
/// The floor of a stored conversation: it stores the user's message, sends the last messages to the model, and stores the answer
/// before the stream ends. Each write is on the disk before the next step.
/// </summary>
internal sealed class StoringProxyFloor(Uri model, GroupingWriter writer)
{
    private const int History = 20;

    private readonly ProxiedModel _model = new(model);
    private readonly RowReader _reader = new(writer.Path);
    private long _position;

    public void Map(IEndpointRouteBuilder app) => app.MapPost("/stream/{id}", StreamAsync);

    private async Task StreamAsync(HttpContext context)
    {
        var conversation = (string)context.GetRouteValue("id")!;
        var request = await context.Request.ReadFromJsonAsync(FloorJson.Default.FloorTurn, context.RequestAborted);
        await StoreAsync(conversation, "user", request!.Text);
        var said = new StringBuilder();
        await _model.StreamAsync(WritePrompt(request.Model, _reader.ReadLast(conversation, History)), context, said);
        await StoreAsync(conversation, "assistant", said.ToString());
    }

    private Task<int> StoreAsync(string conversation, string role, string text) => writer.WriteAsync(RowTable.Insert(
        Guid.NewGuid().ToString("N"), conversation, Interlocked.Increment(ref _position), role, text,
        TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));

    private static ReadOnlyMemory<byte> WritePrompt(string model, List<(string Role, string Text)> messages)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("model"u8, model);
        json.WriteStartArray("messages"u8);
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, messages[i].Role);
            json.WriteString("content"u8, messages[i].Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("stream"u8, true);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
