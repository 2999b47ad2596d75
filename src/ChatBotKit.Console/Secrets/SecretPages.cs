using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Secrets;

/// <summary>The secrets of abilities. Values go in, and none comes out.</summary>
internal static class SecretPages
{
    /// <summary>The number of secrets on a page, each of which is verified.</summary>
    public const int PageSize = 25;

    public static void MapSecrets(this IEndpointRouteBuilder routes)
    {
        routes.Show("/secrets", ListAsync);
        routes.Show("/secrets/new", page => Task.FromResult(NewView(page, new(new()))));
        routes.Act("/secrets/new", CreateAsync);
        routes.Show("/secrets/{secretId}", ShowAsync);
        routes.Act("/secrets/{secretId}", SaveAsync);
        // The page of a link has this address. Opened again, as after a sign-in, it shows the secret without a link.
        routes.Show("/secrets/{secretId}/authenticate", ShowAsync);
        routes.Act("/secrets/{secretId}/authenticate", AuthenticateAsync);
        routes.Act("/secrets/{secretId}/revoke", RevokeAsync);
        routes.Act("/secrets/{secretId}/delete", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var secrets = await page.Api.Secret.ListAsync(new() { Cursor = page.Query("cursor"), Take = PageSize }, page.Aborted);
        var states = await Task.WhenAll(secrets.Items.Where(IsCheckedHere).Select(secret => page.Api.Secret.VerifyAsync(secret.Id, page.Aborted)));
        return page.View<SecretListView, SecretList>(
            new SecretList(secrets, states.ToDictionary(state => state.Id, state => (SecretStatus?)state.Status, StringComparer.Ordinal)));
    }

    /// <summary>Whether the server can verify a secret by itself. It may have to ask a provider for others, and the list would wait for it.</summary>
    private static bool IsCheckedHere(SecretItem secret) =>
        secret.Kind != SecretKind.Personal && secret.Type != SecretType.OAuth && secret.Type != SecretType.Reference;

    private static IResult NewView(Page page, SecretForm form) =>
        page.View<SecretNewView, SecretForm>(form, form.Failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<IResult> CreateAsync(Page page)
    {
        var form = await page.FormAsync();
        var fields = SecretFields.From(form);
        try
        {
            var secret = await page.Api.Secret.CreateAsync(fields.ToCreate(form.Text("value"), form.Text("client-secret")), page.Aborted);
            return page.Go($"/secrets/{secret.Id}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return NewView(page, new(fields) { Failure = Failure.Of(exception) });
        }
    }

    private static async Task<IResult> ShowAsync(Page page) => View(page, await ReadAsync(page));

    private static IResult View(Page page, SecretForm form) =>
        page.View<SecretView, SecretForm>(form, form.Failure?.Status ?? StatusCodes.Status200OK);

    private static async Task<SecretForm> ReadAsync(Page page)
    {
        var (id, api, token) = (page.Value("secretId"), page.Api.Secret, page.Aborted);
        var secret = await api.FetchAsync(id, token);
        var status = secret.Kind == SecretKind.Personal ? (SecretStatus?)null : (await api.VerifyAsync(id, token)).Status;
        return new SecretForm(SecretFields.Of(secret)) { Secret = secret, Status = status };
    }

    private static async Task<IResult> SaveAsync(Page page)
    {
        var (id, form) = (page.Value("secretId"), await page.FormAsync());
        var fields = SecretFields.From(form);
        try
        {
            var stored = await page.Api.Secret.FetchAsync(id, page.Aborted);
            await page.Api.Secret.UpdateAsync(id, fields.ToUpdate(stored, form.Text("value"), form.Text("client-secret")), page.Aborted);
            return page.Go($"/secrets/{id}", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return View(page, await ReadAsync(page) with { Fields = fields, Failure = Failure.Of(exception) });
        }
    }

    private static async Task<IResult> AuthenticateAsync(Page page)
    {
        try
        {
            var link = await page.Api.Secret.AuthenticateAsync(page.Value("secretId"), page.Aborted);
            return View(page, await ReadAsync(page) with { SignInUrl = link.Url });
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return View(page, await ReadAsync(page) with { Failure = Failure.Of(exception) });
        }
    }

    private static async Task<IResult> RevokeAsync(Page page)
    {
        await page.Api.Secret.RevokeAsync(page.Value("secretId"), page.Aborted);
        return page.Go($"/secrets/{page.Value("secretId")}", "value-removed");
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        await page.Api.Secret.DeleteAsync(page.Value("secretId"), page.Aborted);
        return page.Go("/secrets", "deleted");
    }
}
