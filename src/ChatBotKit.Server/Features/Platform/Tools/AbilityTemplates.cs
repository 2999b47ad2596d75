using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Platform.Search;
using ChatBotKit.Server.Features.Skillsets.Abilities.Catalogue;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Platform.Tools;

/// <summary>The templates of abilities that the server executes. Those that it does not execute are not listed.</summary>
internal sealed class AbilityTemplates(AbilityPreparation preparation, TimeProvider time)
{
    private readonly Lazy<Catalogue<PlatformAbilityItem>> _all = new(() => new Catalogue<PlatformAbilityItem>(
        [.. AbilityCatalogue.All.Where(template => template.Instruction is not null).Select(template => EntryOf(template, preparation))], time));

    public Catalogue<PlatformAbilityItem> All => _all.Value;

    private static CatalogueEntry<PlatformAbilityItem> EntryOf(AbilityTemplate template, AbilityPreparation preparation)
    {
        var words = TemplateWords.Of(template.Name);
        var description = AbilityWords.Of(template.Name) ?? words.Description;
        var ability = new Ability("", words.Name, description, "@" + template.Name);
        var schema = JsonObject.Create(ParameterSchema.Of(preparation.Prepare(ability).OfferedFields))!;
        return new CatalogueEntry<PlatformAbilityItem>(
            words.Id,
            (match, now) => new PlatformAbilityItem
            {
                Id = words.Id,
                Template = template.Name,
                Name = words.Name,
                Description = description,
                Instruction = "@" + template.Name,
                Schema = (JsonObject)schema.DeepClone(),
                Icon = "",
                Tags = words.Tags,
                Score = match?.Score,
                Excerpt = match?.Excerpt,
                Link = match is null ? null : $"{ApiRoutes.Canonical}/platform/guide/abilities/fetch",
                CreatedAt = now,
                UpdatedAt = now,
            },
            new Lazy<WordIndex>(() => new WordIndex(
                new WeightedText(words.Name, WordIndex.MaxWeight), new WeightedText(string.Join(' ', words.Tags), 5),
                new WeightedText(description, 3), new WeightedText(schema.ToJsonString(), 1))));
    }
}
