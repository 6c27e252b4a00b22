/** @file The language jinja. */

module.exports = require("../common/define-grammar")("jinja");
