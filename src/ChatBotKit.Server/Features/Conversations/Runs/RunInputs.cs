using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>Checks the fields of a request that define its run, and converts them to the input of the run.</summary>
internal static class RunInputs
{
    public static RunInput From(ConversationMessageRunRequest request, string kind, Caller caller, HttpContext context)
    {
        var faults = new Faults();
        var input = Shared(request.Functions, request.Extensions, request.Limits, kind, caller, context, faults) with
        {
            Text = TextOf(request.Text, required: false, faults),
            Entities = MessageMapping.ToJson(request.Entities),
        };
        faults.CheckEntities(request.Entities);
        faults.ThrowIfAny();
        return input;
    }

    public static RunInput From(ConversationReceiveMessageRequest request, Caller caller, HttpContext context)
    {
        var faults = new Faults();
        var input = Shared(request.Functions, request.Extensions, limits: null, RunKinds.Receive, caller, context, faults);
        faults.ThrowIfAny();
        return input;
    }

    public static RunInput From(ConversationSendMessageRequest request, Caller caller, HttpContext context)
    {
        var faults = new Faults();
        var input = Shared(request.Functions, request.Extensions, limits: null, RunKinds.Complete, caller, context, faults) with
        {
            Text = TextOf(request.Text, required: true, faults),
            Entities = MessageMapping.ToJson(request.Entities),
        };
        faults.CheckEntities(request.Entities);
        faults.ThrowIfAny();
        return input;
    }

    /// <summary>Creates the part of the input that all runs share, and adds faults to <paramref name="faults"/>.</summary>
    public static RunInput Shared(
        IReadOnlyList<FunctionDefinition>? functions, RunExtensions? extensions, RunLimits? limits,
        string kind, Caller caller, HttpContext context, Faults faults)
    {
        var tools = FunctionRules.Read(functions, faults);
        var extra = ExtensionRules.Read(extensions, faults);
        // Only the owner may change the instructions and knowledge of the bot. Extensions of other callers are checked and ignored.
        if (!caller.IsTrusted)
            extra = Extension.None;
        return new RunInput
        {
            Kind = kind,
            AccountId = caller.AccountId,
            ScopeId = caller.ScopeId,
            SessionId = caller.Session?.Id,
            ContactId = caller.Session?.ContactId,
            Functions = tools,
            Abilities = extra.Abilities,
            ExtraBackstory = extra.Backstory,
            Knowledge = extra.Knowledge,
            Bounds = BoundsOf(limits, faults),
            TimeZone = RequestTimeZone.From(context),
        };
    }

    private static string? TextOf(string? text, bool required, Faults faults)
    {
        if (text is null && !required)
            return null;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
            faults.Add("\"text\" is not allowed to be empty");
        faults.CheckText(trimmed);
        return trimmed;
    }

    private static RunBounds BoundsOf(RunLimits? limits, Faults faults)
    {
        var (bounds, most) = (RunBounds.Default, RunBounds.Most);
        return new RunBounds(
            Bound(limits?.Iterations, bounds.Iterations, most.Iterations, "limits.iterations", faults),
            Bound(limits?.Continuations, bounds.Continuations, most.Continuations, "limits.continuations", faults),
            Bound(limits?.Calls, bounds.Calls, most.Calls, "limits.calls", faults));
    }

    private static int Bound(int? value, int byDefault, int maximum, string field, Faults faults)
    {
        if (value < 1)
            faults.Add($"\"{field}\" must be at least 1");
        return Math.Min(value ?? byDefault, maximum);
    }
}
