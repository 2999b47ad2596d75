using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>A JSON file that is sent while it is written, so that its length does not matter.</summary>
internal sealed class JsonFile
{
    private readonly PipeWriter _buffer;
    private readonly Utf8JsonWriter _json;
    private readonly CancellationToken _aborted;

    // The serializer writes synchronously, which only a buffer in between allows.
    private JsonFile(PipeWriter buffer, CancellationToken aborted) =>
        (_buffer, _json, _aborted) = (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }), aborted);

    /// <summary>Answers with a file that holds one object.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="write">Writes the members of the object.</param>
    public static IResult Answer(Page page, string name, Func<JsonFile, Task> write) => Results.Stream(
        async body =>
        {
            var buffer = PipeWriter.Create(body, new StreamPipeWriterOptions(leaveOpen: true));
            var file = new JsonFile(buffer, page.Aborted);
            await using (file._json)
            {
                await file.ObjectAsync(() => write(file));
                await file.FlushAsync();
            }

            await buffer.CompleteAsync();
        },
        "application/json",
        name);

    /// <summary>Writes a member with a value of the API.</summary>
    public void Write<T>(string name, T value)
    {
        _json.WritePropertyName(name);
        JsonSerializer.Serialize(_json, value, ChatBotKitJson.ClientOptions);
    }

    /// <summary>Writes a member with an array, one item of the API after another.</summary>
    public Task WriteAsync<T>(string name, IAsyncEnumerable<T> items) => WriteAsync(name, items, item =>
    {
        JsonSerializer.Serialize(_json, item, ChatBotKitJson.ClientOptions);
        return Task.CompletedTask;
    });

    /// <summary>Writes a member with an array of objects, whose members are written for each item.</summary>
    public Task WriteObjectsAsync<T>(string name, IAsyncEnumerable<T> items, Func<T, Task> write) =>
        WriteAsync(name, items, item => ObjectAsync(() => write(item)));

    private async Task WriteAsync<T>(string name, IAsyncEnumerable<T> items, Func<T, Task> write)
    {
        _json.WriteStartArray(name);
        await foreach (var item in items)
        {
            await write(item);
            await FlushAsync();
        }

        _json.WriteEndArray();
    }

    private async Task ObjectAsync(Func<Task> write)
    {
        _json.WriteStartObject();
        await write();
        _json.WriteEndObject();
    }

    private async Task FlushAsync()
    {
        await _json.FlushAsync(_aborted);
        await _buffer.FlushAsync(_aborted);
    }
}
