using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Failures;

/// <summary>Reads a list of faults beside the message of an error, such as <c>{"title":…,"errors":{"seed":["Unknown."]}}</c>.</summary>
internal static class OpenAiFaults
{
    private const int MaxFields = 10;
    private const int MaxFaults = 10;
    private const int MaxLength = 1_000;

    /// <param name="error">The error so far.</param>
    /// <param name="value">The object that contains the error and its faults.</param>
    /// <param name="read">Reads one fault.</param>
    public static OpenAiError AddTo(OpenAiError error, JsonElement value, Func<JsonElement, OpenAiError> read)
    {
        if (!value.TryGetProperty("errors", out var errors))
            return error;
        var words = Cut(errors.ValueKind switch
        {
            JsonValueKind.Object => OfFields(errors, read),
            JsonValueKind.Array or JsonValueKind.String => read(errors).Message,
            _ => "",
        });
        if (words.Length == 0 || error.Message.Contains(words, StringComparison.Ordinal))
            return error;
        return error with
        {
            Message = error.Message.Length == 0 ? words : $"{error.Message} ({words})",
            Param = error.Param.Length == 0 ? OnlyField(errors) : error.Param,
        };
    }

    private static string OfFields(JsonElement errors, Func<JsonElement, OpenAiError> read)
    {
        var text = new StringBuilder();
        foreach (var field in errors.EnumerateObject().Take(MaxFields))
        {
            var faults = field.Value.ValueKind == JsonValueKind.Array
                ? string.Join(' ', field.Value.EnumerateArray().Take(MaxFaults).Select(fault => read(fault).Message).Where(words => words.Length > 0))
                : read(field.Value).Message;
            if (faults.Length > 0)
                text.Append(text.Length > 0 ? "; " : "").Append(field.Name).Append(": ").Append(faults);
        }

        return text.ToString();
    }

    /// <summary>Returns the field of all faults; empty when they concern several fields.</summary>
    private static string OnlyField(JsonElement errors) =>
        errors.ValueKind == JsonValueKind.Object && errors.GetPropertyCount() == 1 ? errors.EnumerateObject().First().Name : "";

    private static string Cut(string words) => words.Length <= MaxLength ? words : string.Concat(words.AsSpan(0, MaxLength), "…");
}
