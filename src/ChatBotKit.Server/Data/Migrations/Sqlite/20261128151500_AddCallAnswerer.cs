using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatBotKit.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddCallAnswerer : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AnswerFrom",
                table: "Messages",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AnswerFrom",
                table: "Messages");
        }
    }
}
