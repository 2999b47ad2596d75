using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Faults.Contract;

/// <summary>Decides whether a response is allowed.</summary>
internal sealed class Oracle(ApiDescription description)
{
    private const string Backup = "backupServer";

    private readonly SchemaCheck _schemas = new(description);

    /// <returns>The fault; null when there is none.</returns>
    public string? FaultOf(FuzzRequest request, Answer answer)
    {
        // The refusal of a large body may break the connection before the response is read.
        if (answer.Problem is not null)
            return answer.IsCut && request.Body?.Length > FuzzServer.LargestBody ? null : answer.Problem;
        // A backup contains the data of all accounts, and is only for the server's owner.
        if (request.Operation.Id != Backup && answer.Text.Contains(FuzzServer.Canary, StringComparison.Ordinal))
            return "the answer holds text of another account";
        // The model of these runs has no speech endpoint.
        if (answer.Status >= 500 && !(answer.Status == 502 && request.Operation.Id == "synthesizeConversationMessage"))
            return $"status {answer.Status}: {answer.Text}";
        // The response is the same for every path, and comes before any other check.
        if (request.Verb is "HEAD" or "OPTIONS")
            return null;
        if (answer.Status >= 400)
            return answer.IsOurs ? ErrorFault(answer) : null;
        if (request.MustFail is { } why)
            return $"status {answer.Status} although {why}: {answer.Text}";
        // An event source that has received the whole run gets a 204, which stops it.
        if (answer.Status == 204 && request.Operation.Id == "streamConversationRun" && request.Accepts("text/event-stream"))
            return answer.Body.Length == 0 ? null : $"status 204 with a body: {answer.Text}";
        // The file may be one that was created by a request, without a content.
        if (answer.Status == 204 && request.Operation.Id == "downloadFile")
            return answer.Body.Length == 0 ? null : $"status 204 with a body: {answer.Text}";
        return answer.Status is 200 or 206 ? GoodFault(request, answer) : $"status {answer.Status}";
    }

    private static string? ErrorFault(Answer answer)
    {
        if (answer.ContentType != "application/json" || Parse(answer.Text) is not JsonObject error)
            return $"status {answer.Status} without an error body: {answer.ContentType} {answer.Text}";
        var others = error.Count(member => member is { Key: "details" or "error", Value: JsonObject });
        return error.Count == 2 + others && IsText(error["message"]) && IsText(error["code"])
            ? null
            : $"an error body of another shape: {answer.Text}";
    }

    private string? GoodFault(FuzzRequest request, Answer answer)
    {
        var answers = request.Operation.Answers;
        if (answers.ContainsKey("*/*"))
            return null;
        if (answer.ContentType is null || !answers.TryGetValue(answer.ContentType, out var schema))
            return $"answered as {answer.ContentType}, which is not described";
        return answer.ContentType switch
        {
            "application/json" => JsonFault(answer.Text, schema),
            "application/jsonl" => LinesFault(answer.Text, schema),
            "text/event-stream" => EventsFault(answer.Text),
            "application/x-tar" or "application/terraform+hcl" => null,
            _ => answer.Text.StartsWith('"') ? null : $"a table without a heading: {answer.Text}",
        };
    }

    private string? JsonFault(string text, JsonObject schema)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 200 });
            return _schemas.FaultOf(document.RootElement, schema) is { } fault ? $"{fault}: {text}" : null;
        }
        catch (JsonException exception)
        {
            return $"no JSON ({exception.Message}): {text}";
        }
    }

    private string? LinesFault(string text, JsonObject schema)
    {
        if (text.Length > 0 && !text.EndsWith('\n'))
            return $"the last line has no end: {text}";
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonFault(line, schema)).FirstOrDefault(fault => fault is not null);
    }

    private static string? EventsFault(string text)
    {
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n');
            if (!lines.All(line => line.StartsWith("event: ", StringComparison.Ordinal) || line.StartsWith("data: ", StringComparison.Ordinal) || line.StartsWith("id: ", StringComparison.Ordinal)))
                return $"an event of another shape: {block}";
            if (lines.Count(line => line.StartsWith("data: ", StringComparison.Ordinal) && Parse(line["data: ".Length..]) is JsonObject) != 1)
                return $"an event without JSON: {block}";
        }

        return null;
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0;

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 200 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
