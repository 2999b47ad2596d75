using System.Globalization;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Settings;

/// <summary>
/// The version, the models and the settings of the server, with a backup to download and a test of the models. Settings are changed where
/// the server is started.
/// </summary>
internal static class SettingsPages
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.Show("/settings", static page => ShowAsync(page, test: null));
        // The pages of the following actions have these addresses. Opened again, as after a sign-in, they show the settings and do nothing.
        routes.Show("/settings/model", static page => ShowAsync(page, test: null));
        routes.Show("/settings/backup", static page => ShowAsync(page, test: null));
        routes.Act("/settings/model", static async page => await ShowAsync(page, await ModelTest.RunAsync(page, (await page.FormAsync()).Text("model"))));
        // A backup leaves an audit record, so it is an action, whose answer is the file.
        routes.Act("/settings/backup", static page => Task.FromResult(Backup(page)));
    }

    private static async Task<IResult> ShowAsync(Page page, ModelTest? test)
    {
        var info = page.Api.Server.InfoAsync(page.Aborted);
        var backups = page.Api.Session.Audit.ListAsync(new() { Type = SessionAuditType.Backup, Take = 1 }, page.Aborted).AsTask(page.Aborted);
        await Task.WhenAll(info, backups);
        return page.View<SettingsView, SettingsPage>(new SettingsPage(await info, (await backups).Items is [var last, ..] ? last.CreatedAt : null, test));
    }

    /// <summary>Sends the backup as it arrives. A failure before its first byte has a page.</summary>
    private static IResult Backup(Page page)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"chatbotkit-{page.Settings.Time.GetUtcNow():yyyy-MM-dd-HHmm}.tar");
        return Results.Stream(body => page.Api.Server.BackupAsync(body, page.Aborted), "application/x-tar", name);
    }
}

/// <summary>The settings of the server.</summary>
/// <param name="Info">What the server says about itself.</param>
/// <param name="LastBackup">The time at which the newest backup was begun; null when none was.</param>
/// <param name="Test">The result of the test of a model; null when none was tested.</param>
public sealed record SettingsPage(ServerInfo Info, DateTimeOffset? LastBackup, ModelTest? Test)
{
    /// <summary>Gets whether the server can be copied into one file. A PostgreSQL database is copied with its own tools.</summary>
    public bool HasBackups => Info.Database == "sqlite";
}
