using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary><c>time.now</c>: the date and time in a time zone.</summary>
internal sealed class TimeAction(TimeProvider time) : IAbilityAction
{
    private const int MaxFormat = 100;

    public IReadOnlyList<string> Names { get; } = ["time", "time.now"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
    [
        ActionFields.Optional("timezone", "The IANA name of a time zone, such as Europe/Berlin. The default is that of the user."),
        ActionFields.Optional("format", "iso (the default), date, time, weekday, unix, or a .NET format such as dd.MM.yyyy."),
    ];

    public Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var name = call.TextOf("timezone") ?? call.Scope.TimeZone;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return Task.FromResult(AbilityResult.Failed($"There is no time zone \"{name}\"."));
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
        return Task.FromResult(AbilityResult.Of(new JsonObject { ["time"] = Format(now, call.TextOf("format") ?? "iso"), ["timezone"] = zone.Id }));
    }

    private static string Format(DateTimeOffset now, string format)
    {
        var known = format switch
        {
            "iso" => "yyyy-MM-dd'T'HH:mm:sszzz",
            "date" => "yyyy-MM-dd",
            "time" => "HH:mm:ss",
            "weekday" => "dddd",
            "unix" => null,
            _ => format,
        };
        if (known is null)
            return now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        try
        {
            return known.Length <= MaxFormat ? now.ToString(known, CultureInfo.InvariantCulture) : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new AbilityException("The format of the time is unknown.");
        }
    }
}
