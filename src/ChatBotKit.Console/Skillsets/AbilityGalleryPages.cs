using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Skillsets;

/// <summary>The ready-made abilities that the server can carry out, to begin an ability with.</summary>
internal static class AbilityGalleryPages
{
    /// <summary>The name of the beginning that calls an address of one's own; no ready-made ability has a name without a slash at its start.</summary>
    public const string OwnRequest = "own-request";

    /// <summary>The maximum number of abilities on the page, and of matches of a search.</summary>
    private const int Shown = 24;

    private static readonly AbilityFields Order = new(
        "Order",
        "Looks up an order in the shop. Call it when a customer asks about an order and has given its number.",
        """
        ```fetch
        url: https://shop.example/api/orders/$[number! |number of the order]
        headers:
          Authorization: ${SECRET_DEFAULT}
        ```
        """,
        SecretId: null,
        IsEnabled: true);

    public static void MapAbilityGallery(this IEndpointRouteBuilder routes) => routes.Show("/skillsets/{skillsetId}/gallery", ShowAsync);

    /// <summary>Returns the content of the form that begins with an ability of the gallery; null when there is none of this name.</summary>
    public static async Task<AbilityFields?> BeginAsync(Page page, string template)
    {
        if (template == OwnRequest)
            return Order;
        await foreach (var one in page.Api.Platform.Ability.ListAsync(cancellationToken: page.Aborted))
        {
            if (one.Template == template)
                return new(one.Name, one.Description, one.Instruction, SecretId: null, IsEnabled: true);
        }

        return null;
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (abilities, search) = (page.Api.Platform.Ability, page.Query("q"));
        var skillset = page.Api.Skillset.FetchAsync(page.Value("skillsetId"), page.Aborted);
        var found = search is null
            ? abilities.ListAsync(new() { Take = Shown, Cursor = page.Query("cursor") }, page.Aborted).AsTask(page.Aborted)
            : abilities.SearchAsync(new() { Search = search, Take = Shown }, page.Aborted);
        await Task.WhenAll(skillset, found);
        var cursor = search is null && (await found).Items.Count == Shown ? (await found).Cursor : null;
        return page.View<AbilityGalleryView, AbilityGallery>(new AbilityGallery(await skillset, (await found).Items, search, cursor));
    }
}

/// <summary>A page of the gallery.</summary>
/// <param name="Skillset">The skillset that gets the ability.</param>
/// <param name="Abilities">The ready-made abilities; those that match best first when there was a search.</param>
/// <param name="Search">The words that were searched for; null for all.</param>
/// <param name="Cursor">The cursor of the next page; null when this is the last one.</param>
public sealed record AbilityGallery(SkillsetItem Skillset, IReadOnlyList<PlatformAbilityItem> Abilities, string? Search, string? Cursor);
