namespace ChatBotKit.Conventions.Tests;

/// <summary>Checks that every operation of the SDK documents the error codes that it can have, and no others.</summary>
public sealed class ExceptionDocumentationTests
{
    private const string Exception = "T:ChatBotKit.ChatBotKitException";

    /// <summary>Operations that call a model.</summary>
    private static readonly HashSet<string> Runs = ["completeConversation", "completeConversationMessage", "receiveConversationMessage"];

    /// <summary>Fields whose value must be unique within an account.</summary>
    private static readonly HashSet<string> Unique = ["alias", "fingerprint", "slug", "domain"];

    [Fact]
    public void NoMember_SaysOnly_ThatTheCallFailed() =>
        Problems.AssertNone("member that only says that the call failed", XmlDocs.Assemblies.SelectMany(XmlDocs.MembersOf)
            .Where(member => member.Elements("exception").Any(exception => XmlDocs.TextOf(exception) is "The call failed." or "The call or the run failed."))
            .Select(member => (string)member.Attribute("name")!));

    [Fact]
    public async Task EveryOperation_Names_ItsCodes() =>
        Problems.AssertNone("operation with the wrong codes",
            from calls in await SdkCalls.ByOperationAsync()
            from call in calls
            let text = TextOf(call)
            from problem in ProblemsOf(Served(calls.Key), call, text)
            select $"{call.Name} ({calls.Key.Name}) {problem}: {text}");

    /// <summary>Returns the operation with its access rule, if the server supports it.</summary>
    private static SpecOperation Served(SpecOperation operation) =>
        SpecTables.Served.SingleOrDefault(served => served.Name == operation.Name) ?? operation;

    private static string TextOf(SdkCall call) => XmlDocs.Of(call.Method) is { } member
        ? string.Join(' ', member.Elements("exception").Where(one => (string?)one.Attribute("cref") == Exception).Select(XmlDocs.TextOf))
        : "";

    private static IEnumerable<string> ProblemsOf(SpecOperation operation, SdkCall call, string text)
    {
        var fields = SpecTables.Fields[operation.Name].Where(field => field.Place == "request").Select(field => field.Path).ToList();
        var isList = operation.Path.EndsWith("/list", StringComparison.Ordinal) || operation.Path.EndsWith("/export", StringComparison.Ordinal);
        var isWrite = operation.Path.EndsWith("/create", StringComparison.Ordinal) || operation.Path.EndsWith("/update", StringComparison.Ordinal);

        (string Code, bool Must, bool MustNot)[] rules =
        [
            (nameof(ErrorCodes.NotFound), HasIds(operation), false),
            (nameof(ErrorCodes.BadRequest), fields.Count > 0, false),
            (nameof(ErrorCodes.Conflict), isWrite && fields.Exists(Unique.Contains), isList || operation.Verb == "GET"),
            (nameof(ErrorCodes.TooManyRequests), isList, false),
            (nameof(ErrorCodes.LimitsReached), false, isList || operation.Path.EndsWith("/fetch", StringComparison.Ordinal)),
            (nameof(ErrorCodes.NoSubscription), Runs.Contains(operation.Name), isList || isWrite),
            (nameof(ErrorCodes.BadGateway), Runs.Contains(operation.Name), isList || isWrite),
            (nameof(ErrorCodes.PermissionMissing), PermissionOf(operation) is not null, PermissionOf(operation) is null && operation.Access != "session"),
            (nameof(ErrorCodes.NotAuthorized), operation.Access == "server-owner", false),
            (nameof(ClientErrorCodes.ConnectionLost), call.Method.GetParameters().Any(one => one.Name == "destination"), false),
        ];
        if (!rules.Any(rule => text.Contains(rule.Code, StringComparison.Ordinal)) && !text.Contains(nameof(ErrorCodes.NotAuthenticated), StringComparison.Ordinal))
            yield return "names no code";
        foreach (var (code, must, mustNot) in rules)
        {
            if (must && !text.Contains(code, StringComparison.Ordinal))
                yield return $"lacks {code}";
            if (mustNot && text.Contains(code, StringComparison.Ordinal))
                yield return $"cannot have {code}";
        }
        if (PermissionOf(operation) is { } permission && !text.Contains(permission, StringComparison.Ordinal))
            yield return $"lacks the permission {permission}";
    }

    // A channel exists as soon as it is used, so its id is never unknown.
    private static bool HasIds(SpecOperation operation) =>
        operation.Path.Contains('{', StringComparison.Ordinal) && !operation.Path.StartsWith("/channel/", StringComparison.Ordinal);

    private static string? PermissionOf(SpecOperation operation) =>
        operation.Access is { } access && access.StartsWith("session:", StringComparison.Ordinal) ? access["session:".Length..] : null;
}
