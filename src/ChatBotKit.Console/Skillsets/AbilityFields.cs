using System.Text.Json;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Skillsets;

/// <summary>The settings of an ability as its form has them. An empty text is none.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What the ability does.</param>
/// <param name="Instruction">How it is done.</param>
/// <param name="SecretId">The id of the secret.</param>
/// <param name="IsEnabled">Whether bots may use the ability.</param>
public sealed record AbilityFields(string? Name, string? Description, string? Instruction, string? SecretId, bool IsEnabled)
{
    /// <summary>Gets the settings as the body of a request, for <c>As API call</c>.</summary>
    public string Json => JsonSerializer.Serialize(
        new { name = Name ?? "Time", description = Description ?? "Tells the time.", instruction = Instruction ?? "!time.now", secretId = SecretId, state = State.Value },
        JsonText.WithoutNulls);

    private State State => SkillsetFields.StateOf(IsEnabled);

    internal static AbilityFields From(Form form) =>
        new(form.Text("name"), form.Text("description"), form.Text("instruction"), form.Text("secret"), form.IsOn("enabled"));

    internal static AbilityFields Of(AbilityItem ability) =>
        new(ability.Name, ability.Description, ability.Instruction, ability.SecretId ?? ability.LinkedSecretId, ability.State != State.Disabled);

    /// <summary>Returns the name of an ability; its id when it has none.</summary>
    internal static string NameOf(AbilityItem ability) => ability.Name is { Length: > 0 } name ? name : ability.Id;

    internal AbilityCreateRequest ToCreate() => new()
    {
        Name = Name ?? "",
        Description = Description ?? "",
        Instruction = Instruction ?? "",
        SecretId = SecretId,
        State = State,
    };

    /// <summary>An empty field removes the value, and is not left out.</summary>
    internal AbilityUpdateRequest ToUpdate() => new()
    {
        Name = Name ?? "",
        Description = Description ?? "",
        Instruction = Instruction ?? "",
        SecretId = SecretId is null ? Optional<string>.Null : SecretId,
        State = State,
    };
}

/// <summary>The form of an ability, and what it did when it was run.</summary>
/// <param name="Skillset">The skillset that it belongs to.</param>
/// <param name="Secrets">The newest secrets, of which one can be chosen.</param>
/// <param name="Fields">The content of the form.</param>
public sealed record AbilityForm(SkillsetItem Skillset, IReadOnlyList<SecretItem> Secrets, AbilityFields Fields)
{
    /// <summary>Gets the stored ability; null for a new one.</summary>
    public AbilityItem? Ability { get; init; }

    /// <summary>Gets the input of the last run.</summary>
    public string? Input { get; init; }

    /// <summary>Gets what the last run gave; null when there was none.</summary>
    public AbilityExecuteResponse? Outcome { get; init; }

    /// <summary>Gets why it was not saved or not run.</summary>
    public Failure? Failure { get; init; }
}
