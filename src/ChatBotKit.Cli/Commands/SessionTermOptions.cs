using System.CommandLine;

namespace ChatBotKit.Cli.Commands;

/// <summary>The options of <c>cbk session mint</c>.</summary>
internal sealed class SessionTermOptions
{
    private readonly Option<int?> _duration = new("--duration") { Description = "Seconds that the token is good, 1800 to 86400. Default: 3600." };
    private readonly Option<bool> _refreshable = new("--refreshable") { Description = "Let the holder get new tokens." };
    private readonly Option<int?> _lifetime = new("--lifetime") { Description = "Seconds that no refresh gets past." };
    private readonly Option<string[]> _permissions = new("--permission")
    {
        Description = "A permission of the session, for example complete or messages:read. Can be repeated. Default: all except tools:read.",
    };

    private readonly Option<string[]> _origins = new("--origin") { Description = "A page that may use the token; can be repeated. Default: any." };
    private readonly Option<string?> _contact = new("--contact") { Description = "Id of the contact that the holder is." };
    private readonly Option<int?> _messages = new("--max-messages") { Description = "How many messages the holder may send." };
    private readonly Option<long?> _tokens = new("--max-tokens") { Description = "How many model tokens the holder may use." };
    private readonly Option<int?> _rate = new("--requests-per-minute") { Description = "How many requests a minute." };
    private readonly Option<int?> _streams = new("--max-streams") { Description = "How many streams at the same time." };
    private readonly Option<long?> _bytes = new("--max-attachment-bytes") { Description = "How many bytes of files." };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
                 {
                     _duration, _refreshable, _lifetime, _permissions, _origins, _contact, _messages, _tokens, _rate, _streams, _bytes,
                 })
            command.Options.Add(option);
    }

    public SessionCreateRequest Read(ParseResult parsed) => new()
    {
        DurationInSeconds = parsed.GetValue(_duration),
        Refreshable = parsed.GetValue(_refreshable) ? true : null,
        LifetimeInSeconds = parsed.GetValue(_lifetime),
        Permissions = parsed.GetValue(_permissions) is { Length: > 0 } names ? [.. names.Select(name => new SessionPermission(name))] : null,
        Origins = parsed.GetValue(_origins) is { Length: > 0 } origins ? origins : null,
        ContactId = parsed.GetValue(_contact),
        Limits = LimitsOf(parsed),
    };

    private SessionLimits? LimitsOf(ParseResult parsed)
    {
        var limits = new SessionLimits
        {
            Messages = parsed.GetValue(_messages),
            Tokens = parsed.GetValue(_tokens),
            RequestsPerMinute = parsed.GetValue(_rate),
            Streams = parsed.GetValue(_streams),
            AttachmentBytes = parsed.GetValue(_bytes),
        };
        return limits == new SessionLimits() ? null : limits;
    }
}
