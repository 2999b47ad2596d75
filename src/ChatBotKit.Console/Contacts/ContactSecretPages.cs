using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Contacts;

/// <summary>The personal secrets, and which of them have a value of a contact. No value is shown.</summary>
internal static class ContactSecretPages
{
    /// <summary>The number of secrets that are read, of those with a value and of all.</summary>
    private const int Most = 100;

    public static void MapContactSecrets(this IEndpointRouteBuilder routes)
    {
        routes.Show("/contacts/{contactId}/secrets", ShowAsync);
        // The page of a link has this address. Opened again, as after a sign-in, it shows the secrets without a link.
        routes.Show("/contacts/{contactId}/secrets/{secretId}/authenticate", ShowAsync);
        routes.Act("/contacts/{contactId}/secrets/{secretId}/authenticate", AuthenticateAsync);
        routes.Act("/contacts/{contactId}/secrets/{secretId}/revoke", RevokeAsync);
    }

    private static async Task<IResult> ShowAsync(Page page) => View(page, await ReadAsync(page));

    private static IResult View(Page page, ContactSecrets secrets) =>
        page.View<ContactSecretsView, ContactSecrets>(secrets, secrets.Failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<ContactSecrets> ReadAsync(Page page)
    {
        var (id, api, token) = (page.Value("contactId"), page.Api, page.Aborted);
        var contact = api.Contact.FetchAsync(id, token);
        var given = api.Contact.Secret.ListAsync(id, new() { Take = Most }, token).AsTask(token);
        var all = api.Secret.ListAsync(new() { Take = Most }, token).AsTask(token);
        await Task.WhenAll(contact, given, all);
        var withValue = (await given).Items;
        var known = withValue.Select(secret => secret.Id).ToHashSet(StringComparer.Ordinal);
        return new ContactSecrets(await contact, withValue, [.. (await all).Items.Where(secret => secret.Kind == SecretKind.Personal && !known.Contains(secret.Id))]);
    }

    private static async Task<IResult> AuthenticateAsync(Page page)
    {
        try
        {
            var link = await page.Api.Contact.Secret.AuthenticateAsync(page.Value("contactId"), page.Value("secretId"), page.Aborted);
            return View(page, await ReadAsync(page) with { SignInUrl = link.Url });
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return View(page, await ReadAsync(page) with { Failure = Failure.Of(exception) });
        }
    }

    private static async Task<IResult> RevokeAsync(Page page)
    {
        await page.Api.Contact.Secret.RevokeAsync(page.Value("contactId"), page.Value("secretId"), page.Aborted);
        return page.Go($"/contacts/{page.Value("contactId")}/secrets", "value-removed");
    }
}

/// <summary>The personal secrets of a contact.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Given">The secrets for which the contact has a value.</param>
/// <param name="Missing">The newest personal secrets without a value of the contact.</param>
public sealed record ContactSecrets(ContactItem Contact, IReadOnlyList<SecretItem> Given, IReadOnlyList<SecretItem> Missing)
{
    /// <summary>Gets the address of the page on which the contact gives a value; null when none was asked for.</summary>
    public string? SignInUrl { get; init; }

    /// <summary>Gets why there is no such address.</summary>
    public Failure? Failure { get; init; }
}
