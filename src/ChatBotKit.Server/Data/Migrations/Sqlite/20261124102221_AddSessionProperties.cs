using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatBotKit.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddSessionProperties : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ActiveFrom",
                table: "SigningKeys",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "DurationInSeconds",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 3600);

            migrationBuilder.AddColumn<long>(
                name: "FirstUsedAt",
                table: "Sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "Limits",
                table: "Sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Meta",
                table: "Sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PreviousUntil",
                table: "Sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RefreshedAt",
                table: "Sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "UsedAttachmentBytes",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "UsedMessages",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "UsedTokens",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "SessionId",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditRecords",
                columns: table => new
                {
                    AccountId = table.Column<string>(type: "TEXT", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Id = table.Column<string>(type: "TEXT", nullable: true),
                    Type = table.Column<string>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", nullable: true),
                    ActorKind = table.Column<string>(type: "TEXT", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", nullable: true),
                    SessionId = table.Column<string>(type: "TEXT", nullable: true),
                    ConversationId = table.Column<string>(type: "TEXT", nullable: true),
                    ContactId = table.Column<string>(type: "TEXT", nullable: true),
                    Address = table.Column<string>(type: "TEXT", nullable: true),
                    Origin = table.Column<string>(type: "TEXT", nullable: true),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PreviousHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditRecords", x => new { x.AccountId, x.Number });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ContactId",
                table: "Sessions",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_AuditRecords_Id",
                table: "AuditRecords",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AuditRecords_SessionId",
                table: "AuditRecords",
                column: "SessionId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditRecords");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ContactId",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ActiveFrom",
                table: "SigningKeys");

            migrationBuilder.DropColumn(
                name: "DurationInSeconds",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "FirstUsedAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Generation",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Limits",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Meta",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "PreviousUntil",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "RefreshedAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "UsedAttachmentBytes",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "UsedMessages",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "UsedTokens",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "SessionId",
                table: "Runs");
        }
    }
}
