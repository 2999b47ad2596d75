using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Teams;

internal static class TeamEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapGet("/team/list", List).WithName("listTeams").WithSummary("Lists the caller's teams, of which this server has none"));

    private static ListResult<TeamItem> List(ListQuery query) =>
        new(query, (_, _) => Task.FromResult(ListPiece.Nothing<TeamItem>()), team => team.Id);
}
