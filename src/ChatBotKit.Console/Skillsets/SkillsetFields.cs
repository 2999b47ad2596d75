using System.Text.Json;
using ChatBotKit.AdminConsole.Web;
using static ChatBotKit.AdminConsole.Web.FormText;

namespace ChatBotKit.AdminConsole.Skillsets;

/// <summary>The settings of a skillset as its form has them. An empty text is none.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What the abilities have in common.</param>
/// <param name="IsEnabled">Whether bots may use the abilities.</param>
public sealed record SkillsetFields(string? Name, string? Description, bool IsEnabled)
{
    /// <summary>Gets the settings as the body of a request, for <c>As API call</c>.</summary>
    public string Json => JsonSerializer.Serialize(
        new { name = Name ?? "Shop", description = Description, state = StateOf(IsEnabled).Value }, JsonText.WithoutNulls);

    internal static State StateOf(bool isEnabled) => isEnabled ? State.Enabled : State.Disabled;

    internal static SkillsetFields From(Form form) => new(form.Text("name"), form.Text("description"), form.IsOn("enabled"));

    internal static SkillsetFields Of(SkillsetItem skillset) => new(skillset.Name, skillset.Description, skillset.State != State.Disabled);

    internal SkillsetCreateRequest ToCreate() => new() { Name = Name, Description = Description, State = StateOf(IsEnabled) };

    internal SkillsetUpdateRequest ToUpdate() => new() { Name = Given(Name), Description = Given(Description), State = StateOf(IsEnabled) };
}

/// <summary>The form of a new skillset.</summary>
/// <param name="Fields">The content of the fields.</param>
/// <param name="Failure">Why it was not created.</param>
public sealed record SkillsetForm(SkillsetFields Fields, Failure? Failure);

/// <summary>A skillset with its abilities.</summary>
/// <param name="Skillset">The stored skillset.</param>
/// <param name="Abilities">A page of the abilities.</param>
/// <param name="Fields">The content of the form.</param>
/// <param name="Failure">Why it was not saved.</param>
public sealed record SkillsetPage(SkillsetItem Skillset, ListResponse<AbilityItem> Abilities, SkillsetFields Fields, Failure? Failure);
