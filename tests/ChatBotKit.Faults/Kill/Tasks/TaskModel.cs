using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ChatBotKit.TestModels;

namespace ChatBotKit.Faults.Kill.Tasks;

/// <summary>
/// The model of the tasks. Each task has a number, from which its outcome follows. Some tasks get no answer at first, so that they go on
/// until the server is killed.
/// </summary>
internal sealed class TaskModel
{
    private readonly ConcurrentDictionary<int, bool> _asked = new();
    private volatile bool _answersAll;

    /// <summary>Lets every task get its answer, because the server is killed no more.</summary>
    public void AnswerAll() => _answersAll = true;

    public static string DescriptionOf(int number) => $"work {number.ToString(CultureInfo.InvariantCulture)}";

    public static string OutcomeOf(int number) => number % 5 == 0 ? "failure" : "success";

    public ModelScript Script(ScriptedRequest request)
    {
        if (request.Messages.Select(TextOf).FirstOrDefault(text => text.StartsWith("work ", StringComparison.Ordinal)) is not { } work)
            return new ModelScript().Text("{}").Usage(1, 1);
        var number = int.Parse(work.AsSpan(5), CultureInfo.InvariantCulture);
        var script = new ModelScript().Text($"I do {work}.");
        if (_asked.TryAdd(number, true) && number % 7 == 0 && !_answersAll)
            return script.Silence();
        script.WaitFor(Task.Delay(number % 6 * 10));
        return (OutcomeOf(number) == "success"
            ? script.ToolCall("call-1", "_success", $$"""{"summary":"{{work}}"}""")
            : script.ToolCall("call-1", "_failure", $$"""{"reason":"{{work}}"}""")).Usage(1, 1);
    }

    private static string TextOf(JsonElement message) =>
        message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String ? content.GetString()! : "";
}
