using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Testing;

/// <summary>A scripted answer of the API. It can be used any number of times, except for an answer of <see cref="OfStream"/>.</summary>
public sealed record ScriptedAnswer
{
    internal const string LinesType = "application/jsonl";
    private const string JsonType = "application/json";

    private readonly Func<SentRequest, (string Type, Stream Body)> _open;

    private ScriptedAnswer(Func<SentRequest, (string Type, Stream Body)> open) => _open = open;

    /// <summary>Gets the HTTP status. Default: 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Gets additional headers of the answer, such as <c>X-Run-Id</c>. Default: none.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Creates an answer with a text.</summary>
    /// <param name="body">The body.</param>
    /// <param name="type">The media type of the body.</param>
    /// <returns>The answer.</returns>
    public static ScriptedAnswer OfText(string body, string type = JsonType) => new(_ => (type, Text(body)));

    /// <summary>Creates an answer with a record of the API.</summary>
    /// <param name="record">The record, for example an <see cref="IdResponse"/>.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="NotSupportedException">The type does not belong to the API.</exception>
    public static ScriptedAnswer Of(object record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return OfText(ToJson(record));
    }

    /// <summary>Creates a list of one page. A caller that enumerates it gets the items as a stream.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <returns>The answer.</returns>
    public static ScriptedAnswer OfList<T>(params IEnumerable<T> items)
    {
        string[] all = [.. items.Select(item => ToJson(item!))];
        var lines = string.Concat(all.Select(item => $$"""{"type":"item","data":{{item}}}""" + "\n"));
        return OfEither($$"""{"items":[{{string.Join(',', all)}}]}""", lines);
    }

    /// <summary>
    /// Creates the answer of a run: its events for a caller that enumerates it, or its result for a caller that awaits it.
    /// </summary>
    /// <param name="run">The events of the run.</param>
    /// <returns>The answer.</returns>
    public static ScriptedAnswer OfRun(ScriptedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return OfEither(ToJson(run.Result), run.ToLines());
    }

    /// <summary>Creates an answer with a streamed body, for bodies that break or stall. It can be used once.</summary>
    /// <param name="body">The body.</param>
    /// <param name="type">The media type of the body.</param>
    /// <returns>The answer.</returns>
    public static ScriptedAnswer OfStream(Stream body, string type = LinesType) => new(_ => (type, body));

    /// <summary>Creates a refusal.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code, usually one of <see cref="ErrorCodes"/>.</param>
    /// <param name="message">The message.</param>
    /// <returns>The answer.</returns>
    public static ScriptedAnswer OfError(int status, string code, string message = "Refused by the script.") =>
        Of(new ErrorResponse { Message = message, Code = code }) with { Status = status };

    internal HttpResponseMessage ToResponse(SentRequest request)
    {
        var (type, body) = _open(request);
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new StreamContent(body) };
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    internal static string ToJson(object record) =>
        JsonSerializer.Serialize(record, ChatBotKitJson.ClientOptions.GetTypeInfo(record.GetType()));

    private static ScriptedAnswer OfEither(string json, string lines) =>
        new(request => request.AsksForLines ? (LinesType, Text(lines)) : (JsonType, Text(json)));

    private static MemoryStream Text(string body) => new(Encoding.UTF8.GetBytes(body));
}
