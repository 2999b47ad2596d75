using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>
/// Collects what is wrong with an import, so that one error response reports all of it in <c>details.issues</c>. Their number is bounded.
/// </summary>
internal sealed class ImportIssues
{
    private const int MaxCount = 50;

    private readonly List<JsonObject> _issues = [];
    private string? _message;

    public bool IsEmpty => _issues.Count == 0;

    /// <param name="error">The kind of the issue, for programs.</param>
    /// <param name="message">The issue in a sentence.</param>
    /// <param name="details">Where it is, and other values for programs.</param>
    public void Add(string error, string message, params ReadOnlySpan<(string Name, JsonNode? Value)> details)
    {
        _message ??= message;
        if (_issues.Count == MaxCount)
            return;
        var issue = new JsonObject { ["error"] = error, ["message"] = FaultText.Clip(message, FaultText.MaxLength) };
        foreach (var (name, value) in details)
        {
            if (value is not null)
                issue[name] = value;
        }

        _issues.Add(issue);
    }

    /// <summary>Adds an issue of one resource.</summary>
    public void Add(ImportedResource resource, string error, string message, string? field = null) => Add(
        error, $"{resource.Place}: {message}",
        ("category", resource.Category), ("index", resource.Index), ("id", resource.LocalId), ("field", field));

    /// <exception cref="ApiException">400, or the given code, with all issues, when there is at least one.</exception>
    public void ThrowIfAny(ErrorCode? code = null)
    {
        if (_issues.Count == 0)
            return;
        var more = _issues.Count > 1 ? $" (and {_issues.Count - 1} more in details.issues)" : "";
        throw new ApiException(code ?? ErrorCode.BadRequest, $"Nothing was imported. {_message}{more}")
        {
            Details = new JsonObject { ["issues"] = new JsonArray([.. _issues]) },
        };
    }
}
